import type { ChargeRequest } from '../../api/driverTypes';
import { clockTime } from '../../format/clockTime';
import { duration } from '../../format/duration';
import { kwh } from '../../format/kwh';
import { money } from '../../format/money';
import { percent } from '../../format/percent';
import { text } from '../../i18n/driver';
import { EnergyBar } from '../../ui/EnergyBar';
import { Kv } from '../../ui/Kv';
import { priceRows } from './PriceLines';

/** The energy with its times, and the price line by line. */
export function ReceiptCard({ request, zone }: { request: ChargeRequest; zone: string }) {
  const words = text.receipt;
  const { price, session } = request;
  const energy = session ? session.energy_wh / 1000 : request.energy_kwh;
  const [from, to] = [session?.started_at ?? request.stage_at.charging, session?.ended_at ?? request.stage_at.completed];
  const took = from && to ? duration((Date.parse(to) - Date.parse(from)) / 1000) : null;
  const socFrom = session?.soc_start ?? request.soc_from;
  const socTo = session?.soc ?? request.soc_after;
  return (
    <section className="card">
      <div className="spread baseline">
        <h2>{kwh(energy)}</h2>
        <span className="mute">{words.to(percent(socFrom), percent(socTo))}</span>
      </div>
      <EnergyBar have={socFrom} want={socTo} label="" valueText="" />
      <div className="spread small mute receipt-times">
        <span>{from && words.start(clockTime(from, zone))}</span>
        <span>{took && words.took(took)}</span>
        <span>{to && words.end(clockTime(to, zone))}</span>
      </div>
      <Kv rows={priceRows(price, energy)} total={[text.offers.total, money(price.total_minor, price.currency)]} />
      <p className="small mute">{`${words.number} ${request.id.slice(0, 8).toUpperCase()} · ${words.meter}`}</p>
    </section>
  );
}
