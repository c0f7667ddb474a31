import type { Offer } from '../../api/driverTypes';
import { countdown } from '../../format/countdown';
import { money } from '../../format/money';
import { text } from '../../i18n/driver';
import { Button } from '../../ui/Button';
import { CountdownRing } from '../../ui/CountdownRing';

interface Props {
  offer: Offer;
  leftMs: number;
  /** How long it lived in all; the ring is full at its start. */
  lifeMs: number;
  /** It is being taken, or asked for anew. */
  accepting: boolean;
  renewing: boolean;
  onAccept: (offer: Offer) => void;
}

export function AcceptBar({ offer, leftMs, lifeMs, accepting, renewing, onAccept }: Props) {
  const words = text.offers;
  const waits = renewing || leftMs <= 0;
  return (
    <footer className="accept-bar">
      <Button
        disabled={accepting || waits}
        onClick={() => {
          onAccept(offer);
        }}
      >
        {accepting || waits ? (
          accepting ? words.accepting : words.renewing
        ) : (
          <>
            <span className="grow accept-words">{words.accept(money(offer.price.total_minor, offer.price.currency))}</span>
            <span className="accept-left">{countdown(leftMs)}</span>
            <CountdownRing share={lifeMs > 0 ? leftMs / lifeMs : 0} />
          </>
        )}
      </Button>
      <p className="small mute">{words.fine}</p>
    </footer>
  );
}
