import { useEffect, useState } from 'react';
import type { Offer, Vehicle } from '../../api/driverTypes';
import { kwh } from '../../format/kwh';
import { percent } from '../../format/percent';
import { timeRange } from '../../format/timeRange';
import { problemCode, problemText } from '../../data/problemText';
import { useQuote } from '../../data/quotes';
import { useAccept } from '../../data/requests';
import { common } from '../../i18n/common';
import { text } from '../../i18n/driver';
import { useTick } from '../../live/useTick';
import { wallNowMs } from '../../live/worldClock';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { Note } from '../../ui/Note';
import { Skeleton } from '../../ui/Skeleton';
import { AcceptBar } from './AcceptBar';
import type { Asked } from './Driver';
import { OfferList } from './OfferList';
import { PriceLines } from './PriceLines';
import { Refused } from './Refused';

interface Props {
  asked: Asked;
  vehicle: Vehicle;
  zone: string;
  onBack: () => void;
  onAccepted: (id: string) => void;
}

const SECOND_MS = 1000;
const GONE = ['offer_lost', 'offer_expired'];

/** When, and for how much? */
export function Offers({ asked, vehicle, zone, onBack, onAccepted }: Props) {
  const words = text.offers;
  useTick(SECOND_MS);
  const [round, setRound] = useState(0);
  const [place, setPlace] = useState(0);
  const quote = useQuote(asked.wish, round);
  const accept = useAccept();
  const renewing = quote.isFetching && quote.data !== undefined;

  const offers: Offer[] = quote.data?.offers.length ? quote.data.offers : (quote.data?.alternatives ?? []);
  const chosen = offers[Math.min(place, offers.length - 1)];
  const leftMs = chosen ? Date.parse(chosen.expires_at) - wallNowMs() : 0;
  const expiresAt = chosen?.expires_at;
  const askAgain = () => {
    setRound((count) => count + 1);
  };

  useEffect(() => {
    if (!expiresAt) return undefined;
    // At 0:00 the card asks again by itself and keeps its place.
    const timer = setTimeout(askAgain, Math.max(0, Date.parse(expiresAt) - wallNowMs()));
    return () => {
      clearTimeout(timer);
    };
  }, [expiresAt]);

  const take = (offer: Offer) => {
    accept.mutate(offer.id, {
      onSuccess: (request) => {
        onAccepted(request.id);
      },
      onError: (error) => {
        // Somebody was faster, or the time ran out on the way: what is next takes its place.
        if (GONE.includes(problemCode(error) ?? '')) askAgain();
      },
    });
  };
  const fault = problemText(quote.error ?? accept.error);
  const energy = chosen?.energy_kwh ?? (asked.wish.target_soc - asked.wish.soc) * vehicle.usable_kwh;

  return (
    <main className="offers">
      <header className="offers-head">
        <button type="button" className="top-button" aria-label={common.back} onClick={onBack}>
          <Icon name="back" size={24} />
        </button>
        <div className="grow">
          <b className="clip">{words.to(kwh(energy), percent(chosen?.soc_after ?? asked.wish.target_soc))}</b>
          <span className="small mute clip">{[asked.spot.site?.name ?? asked.spot.street, vehicle.name].filter(Boolean).join(' · ')}</span>
        </div>
        <button type="button" className="chip line edit" onClick={onBack}>
          {words.edit}
        </button>
      </header>
      {fault && (
        <div className="offers-part">
          <Note look="alert">{fault}</Note>
        </div>
      )}
      {quote.isPending && (
        <div className="offers-part">
          <Skeleton lines={3} sentence={words.waiting} />
        </div>
      )}
      {quote.error && !quote.isFetching && (
        <div className="offers-part offers-fail">
          <Button onClick={() => void quote.refetch()}>{common.tryAgain}</Button>
          <Button look="second" onClick={onBack}>
            {text.refusal.change}
          </Button>
        </div>
      )}
      {quote.data && quote.data.offers.length > 0 && (
        <>
          <h1>{words.title(offers.length)}</h1>
          <OfferList offers={quote.data.offers} place={place} renewed={round > 0 && !renewing} zone={zone} onPlace={setPlace} />
          {chosen && <PriceLines price={chosen.price} title={words.lines(place === 0 ? words.soonest : timeRange(chosen.arrival_p50, chosen.arrival_p90, zone))} />}
        </>
      )}
      {quote.data && quote.data.offers.length === 0 && <Refused quote={quote.data} place={place} zone={zone} onPlace={setPlace} />}
      {chosen && !quote.error && (
        <AcceptBar offer={chosen} leftMs={leftMs} busy={accept.isPending || renewing} onAccept={take} />
      )}
    </main>
  );
}
