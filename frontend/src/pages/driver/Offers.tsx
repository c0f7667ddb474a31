import { useState } from 'react';
import type { Offer, Vehicle } from '../../api/driverTypes';
import { kwh } from '../../format/kwh';
import { percent } from '../../format/percent';
import { timeRange } from '../../format/timeRange';
import { problemText } from '../../data/problemText';
import { common } from '../../i18n/common';
import { text } from '../../i18n/driver';
import { Button } from '../../ui/Button';
import { Note } from '../../ui/Note';
import { Skeleton } from '../../ui/Skeleton';
import { AcceptBar } from './AcceptBar';
import type { Asked } from './Driver';
import { OfferList } from './OfferList';
import { OffersHead } from './OffersHead';
import { PriceLines } from './PriceLines';
import { Refused } from './Refused';
import { useOffers } from './useOffers';

interface Props {
  asked: Asked;
  vehicle: Vehicle;
  zone: string;
  onBack: () => void;
  onAccepted: (id: string) => void;
}

/** When, and for how much? A refusal's alternative, once picked, is an offer like any other. */
export function Offers({ asked, vehicle, zone, onBack, onAccepted }: Props) {
  const words = text.offers;
  const [place, setPlace] = useState(0);
  const [picked, setPicked] = useState<number | null>(null);
  const { quote, accept, chosen, leftMs, lifeMs, renewing, renewed, take } = useOffers(asked.wish, picked ?? place, onAccepted);
  const refused = quote.data !== undefined && quote.data.offers.length === 0;
  const instead = refused && picked !== null && chosen !== undefined;
  const shown: readonly Offer[] = instead ? [chosen] : (quote.data?.offers ?? []);
  const fault = problemText(quote.error ?? accept.error);
  const leaveInstead = () => {
    setPicked(null);
  };
  const energy = refused && !instead ? undefined : chosen;

  return (
    <main className="offers">
      <OffersHead
        title={words.to(kwh(energy?.energy_kwh ?? asked.kwh), percent(energy?.soc_after ?? asked.target))}
        about={[asked.spot.site?.name ?? asked.spot.street, vehicle.name].filter(Boolean).join(' · ')}
        onBack={instead ? leaveInstead : onBack}
        onEdit={onBack}
      />
      {!quote.data && <h1>{quote.error ? words.failed : words.asking}</h1>}
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
      {shown.length > 0 && chosen && (
        <>
          <h1>{instead ? text.refusal.chosen : words.title(shown.length)}</h1>
          <OfferList offers={shown} place={instead ? 0 : place} renewed={renewed} zone={zone} onPlace={setPlace} />
          <PriceLines
            price={chosen.price}
            energyKwh={chosen.energy_kwh}
            title={words.lines(!instead && place === 0 ? words.soonest : timeRange(chosen.arrival_p50, chosen.arrival_p90, zone))}
          />
        </>
      )}
      {quote.data && refused && !instead && (
        <Refused quote={quote.data} askedFor={asked.wish.earliest ?? asked.wish.latest ?? null} zone={zone} onPick={setPicked} onChange={onBack} />
      )}
      {chosen && shown.length > 0 && !quote.error && <AcceptBar offer={chosen} leftMs={leftMs} lifeMs={lifeMs} accepting={accept.isPending} renewing={renewing} onAccept={take} />}
    </main>
  );
}
