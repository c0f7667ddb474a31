import type { Offer } from '../../api/driverTypes';
import { countdown } from '../../format/countdown';
import { money } from '../../format/money';
import { text } from '../../i18n/driver';
import { Button } from '../../ui/Button';
import { CountdownRing } from '../../ui/CountdownRing';

interface Props {
  offer: Offer;
  leftMs: number;
  busy: boolean;
  onAccept: (offer: Offer) => void;
}

/** An offer lives about this long; the ring is full at its start. */
const FULL_MS = 300_000;

export function AcceptBar({ offer, leftMs, busy, onAccept }: Props) {
  const words = text.offers;
  return (
    <footer className="accept-bar">
      <Button
        disabled={busy || leftMs <= 0}
        onClick={() => {
          onAccept(offer);
        }}
      >
        {busy || leftMs <= 0 ? (
          words.renewing
        ) : (
          <>
            <span className="grow accept-words">{words.accept(money(offer.price.total_minor, offer.price.currency))}</span>
            <span className="accept-left">{countdown(leftMs)}</span>
            <CountdownRing share={leftMs / FULL_MS} />
          </>
        )}
      </Button>
      <p className="small mute">{words.fine}</p>
    </footer>
  );
}
