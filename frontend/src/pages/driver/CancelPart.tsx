import { useState } from 'react';
import type { ChargeRequest } from '../../api/driverTypes';
import { money } from '../../format/money';
import { problemText } from '../../data/problemText';
import { useCancel } from '../../data/requests';
import { text } from '../../i18n/driver';
import { Button } from '../../ui/Button';
import { Note } from '../../ui/Note';

/** Cancelling is two taps, so that one is never an accident. */
export function CancelPart({ request }: { request: ChargeRequest }) {
  const words = text.follow;
  const [asking, setAsking] = useState(false);
  const cancel = useCancel(request.id);
  const fault = problemText(cancel.error);
  const cost = request.cancel_price;
  if (!cost) return null; // too late: energy flows
  const costs = cost.total_minor > 0 ? money(cost.total_minor, cost.currency) : null;
  const label = costs ? `${words.cancel}, ${costs}` : words.cancel;
  if (!asking) {
    return (
      <Button
        look="second"
        size="small"
        onClick={() => {
          setAsking(true);
        }}
      >
        {label}
      </Button>
    );
  }
  return (
    <div className="cancel-part">
      {fault && <Note look="alert">{fault}</Note>}
      <h2 className="sub">{words.cancelSure}</h2>
      <p className="base">{costs ? words.cancelCosts(costs) : words.cancelFree}</p>
      <div className="row">
        <Button
          look="second"
          size="small"
          onClick={() => {
            setAsking(false);
          }}
        >
          {words.cancelKeep}
        </Button>
        <Button
          look="alert-line"
          size="small"
          disabled={cancel.isPending}
          onClick={() => {
            cancel.mutate();
          }}
        >
          {costs ? label : words.cancelDo}
        </Button>
      </div>
    </div>
  );
}
