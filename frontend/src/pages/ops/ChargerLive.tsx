import type { UnitView } from '../../api/opsTypes';
import { duration } from '../../format/duration';
import { kw } from '../../format/kw';
import { kwh } from '../../format/kwh';
import { percent } from '../../format/percent';
import { text } from '../../i18n/chargers';
import { useTick } from '../../live/useTick';
import { worldNowMs } from '../../live/worldClock';
import { Icon } from '../../ui/Icon';
import { chargerAddress } from './useChargerAddress';

/** What flows at a unit now (power, energy, the car's level, time left), and the way to its charger. */
export function ChargerLive({ unit }: { unit: UnitView }) {
  useTick(1000);
  const flow = unit.charge;
  const leftS = flow?.ends_at ? (Date.parse(flow.ends_at) - worldNowMs()) / 1000 : 0;
  const parts = flow && [
    flow.power_w === null ? null : kw(flow.power_w / 1000, 1),
    kwh(flow.energy_kwh, 2),
    flow.soc === null ? null : percent(flow.soc),
    leftS > 0 ? text.left(duration(leftS)) : null,
  ];
  return (
    <a className="detail-link" href={chargerAddress(unit.id)}>
      <Icon name={flow ? 'bolt' : 'plug'} size={16} />
      <span className="grow">{parts ? parts.filter(Boolean).join(' · ') : text.open}</span>
      <Icon name="next" size={14} />
    </a>
  );
}
