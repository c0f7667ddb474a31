import type { CrewStop } from '../../api/crewTypes';
import { clockTime } from '../../format/clockTime';
import { duration } from '../../format/duration';
import { kw } from '../../format/kw';
import { kwh } from '../../format/kwh';
import { percent } from '../../format/percent';
import { decimal } from '../../format/decimal';
import { text } from '../../i18n/crew';
import { titleOf } from './stopWords';

function detailOf(stop: CrewStop): string {
  const { charge } = stop;
  if (charge) return [charge.vehicle, charge.plate, `${percent(charge.soc)} – ${percent(charge.target_soc)}`].join(' · ');
  if (stop.kind !== 'recharge') return stop.place.name;
  return [stop.plug_name, stop.plug_power_kw && kw(stop.plug_power_kw), text.recharge(decimal(stop.pack_after_kwh, 0))].filter(Boolean).join(' · ');
}

function Amount({ stop }: { stop: CrewStop }) {
  if (stop.kind === 'serve') return <span className="amount serve">{kwh(stop.energy_kwh, 0)}</span>;
  if (stop.kind === 'recharge') {
    return (
      <span className="amount recharge">
        <span>+{kwh(stop.energy_kwh, 0)}</span>
      </span>
    );
  }
  return stop.kind === 'break' ? <span className="amount">{duration((Date.parse(stop.end) - Date.parse(stop.start)) / 1000)}</span> : null;
}

export function StopRow({ stop, now, zone }: { stop: CrewStop; now: boolean; zone: string }) {
  return (
    <li className={now ? 'crew-stop now' : 'crew-stop'} aria-current={now ? 'step' : undefined}>
      <span>
        <b className="at">{clockTime(stop.start, zone)}</b>
        <span className="small mute">{text.to(clockTime(stop.end, zone))}</span>
      </span>
      <span className="what">
        <b>{titleOf(stop)}</b>
        <span className="small mute">{detailOf(stop)}</span>
        {now && stop.charge?.access_note && <span className="access">{stop.charge.access_note}</span>}
      </span>
      <Amount stop={stop} />
    </li>
  );
}
