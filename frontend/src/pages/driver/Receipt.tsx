import type { ChargeRequest } from '../../api/driverTypes';
import { clockTime } from '../../format/clockTime';
import { dayName } from '../../format/dayName';
import { money } from '../../format/money';
import { common } from '../../i18n/common';
import { text } from '../../i18n/driver';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { Kv } from '../../ui/Kv';
import { priceRows } from './PriceLines';
import { ReceiptCard } from './ReceiptCard';

interface Props {
  request: ChargeRequest;
  zone: string;
  onClose: () => void;
}

/** How it ended when it did not end well, why, and what that costs. */
function Ended({ request }: { request: ChargeRequest }) {
  const words = text.receipt;
  const { price } = request;
  const why = text.follow.because[request.cause];
  const due = request.status === 'cancelled' && price.total_minor > 0;
  return (
    <>
      <div className="offers-part">
        <h1>{words.ended[request.status] ?? ''}</h1>
        {why && <p>{why}</p>}
        {!due && <p className="base mute">{words.nothing}</p>}
      </div>
      {due && (
        <section className="card">
          <h2>{words.fee}</h2>
          <Kv rows={priceRows(price, 0)} total={[text.offers.total, money(price.total_minor, price.currency)]} />
        </section>
      )}
    </>
  );
}

/** What did I pay, for what? */
export function Receipt({ request, zone, onClose }: Props) {
  const words = text.receipt;
  const { price } = request;
  const completed = request.status === 'completed';
  const doneAt = request.stage_at.completed ?? null;
  return (
    <main className="offers receipt">
      <header className="offers-head">
        <button type="button" className="top-button" aria-label={common.back} onClick={onClose}>
          <Icon name="cross" size={24} />
        </button>
        <b className="grow">{words.title}</b>
        {completed && (
          <button
            type="button"
            className="chip line edit"
            onClick={() => {
              window.print();
            }}
          >
            <Icon name="receipt" />
            {words.print}
          </button>
        )}
      </header>
      {completed ? (
        <>
          <div className="offers-part">
            <h1 className="receipt-state ok">
              <Icon name="tick" size={22} />
              {words.done(doneAt ? clockTime(doneAt, zone) : '')}
            </h1>
            <div className="figure receipt-total">{money(price.total_minor, price.currency)}</div>
            <p className="base mute">{[request.place_text, doneAt && dayName(doneAt, zone)].filter(Boolean).join(' · ')}</p>
          </div>
          <ReceiptCard request={request} zone={zone} />
        </>
      ) : (
        <Ended request={request} />
      )}
      <div className="offers-part receipt-end">
        <Button onClick={onClose}>{words.again}</Button>
      </div>
    </main>
  );
}
