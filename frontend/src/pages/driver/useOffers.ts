import { useEffect, useState } from 'react';
import type { Offer, QuoteWish } from '../../api/driverTypes';
import { problemCode } from '../../data/problemText';
import { useQuote } from '../../data/quotes';
import { useAccept } from '../../data/requests';
import { useTick } from '../../live/useTick';
import { wallMs, wallNowMs } from '../../live/worldClock';

const SECOND_MS = 1000;
const GONE = ['offer_lost', 'offer_expired'];

/** The offers for a wish, asked again when their time is up or somebody was faster. `place` is the one looked at. */
export function useOffers(wish: QuoteWish, place: number | null, onAccepted: (id: string) => void) {
  useTick(SECOND_MS);
  const [round, setRound] = useState(0);
  const quote = useQuote(wish, round);
  const accept = useAccept();
  const offers: Offer[] = quote.data?.offers.length ? quote.data.offers : (quote.data?.alternatives ?? []);
  const chosen = place === null ? undefined : offers[Math.min(place, offers.length - 1)];
  const expiresAt = (chosen ?? offers[0])?.expires_at;
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
  const leftMs = expiresAt ? Date.parse(expiresAt) - wallNowMs() : 0;
  return {
    quote,
    accept,
    chosen,
    leftMs,
    lifeMs: expiresAt ? Date.parse(expiresAt) - wallMs(quote.dataUpdatedAt) : 0,
    renewing: quote.isFetching && quote.data !== undefined,
    renewed: round > 0 && !quote.isFetching,
    take,
  };
}
