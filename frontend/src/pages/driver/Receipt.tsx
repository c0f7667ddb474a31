import type { ChargeRequest } from '../../api/driverTypes';
import { clockTime } from '../../format/clockTime';
import { dayName } from '../../format/dayName';
import { kwh } from '../../format/kwh';
import { money } from '../../format/money';
import { percent } from '../../format/percent';
import { common } from '../../i18n/common';
import { text } from '../../i18n/driver';
import { Button } from '../../ui/Button';
import { EnergyBar } from '../../ui/EnergyBar';
import { Icon } from '../../ui/Icon';
import { Kv } from '../../ui/Kv';
import { priceRows } from './PriceLines';

interface Props {
  request: ChargeRequest;
  zone: string;
  onClose: () => void;
}

/** What did I pay, for what? */
export function Receipt({ request, zone, onClose }: Props) {
  const words = text.receipt;
  const { price, session } = request;
  const completed = request.status === 'completed';
  const energy = completed && session ? session.energy_wh / 1000 : request.energy_kwh;
  const doneAt = request.stage_at.completed ?? null;
  const startedAt = session?.started_at ?? request.stage_at.charging ?? null;
  return (
    <main className="offers receipt">
      <header className="offers-head">
        <button type="button" className="top-button" aria-label={common.back} onClick={onClose}>
          <Icon name="cross" size={24} />
        </button>
        <b className="grow">{words.title}</b>
      </header>
      <div className="offers-part">
        {completed ? (
          <>
            <p className="receipt-state ok">
              <Icon name="tick" size={22} />
              {words.done(doneAt ? clockTime(doneAt, zone) : '')}
            </p>
            <div className="figure receipt-total">{money(price.total_minor, price.currency)}</div>
            {doneAt && <p className="base mute">{dayName(doneAt, zone)}</p>}
          </>
        ) : (
          <>
            <h1>{words.ended[request.status] ?? request.status}</h1>
            <p className="base mute">{words.nothing}</p>
          </>
        )}
      </div>
      {completed && (
        <section className="card">
          <div className="spread baseline">
            <h2>{kwh(energy)}</h2>
            <span className="mute">{words.to(percent(request.soc_from), percent(request.soc_after))}</span>
          </div>
          <EnergyBar have={request.soc_from} want={request.soc_after} label="" valueText="" />
          <div className="spread small mute">
            <span>{startedAt && words.start(clockTime(startedAt, zone))}</span>
            <span>{doneAt && words.end(clockTime(doneAt, zone))}</span>
          </div>
          <Kv rows={priceRows(price)} total={[text.offers.total, money(price.total_minor, price.currency)]} />
        </section>
      )}
      <div className="offers-part receipt-end">
        <Button onClick={onClose}>{words.again}</Button>
      </div>
    </main>
  );
}
