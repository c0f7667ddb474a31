import type { ChargerView } from '../../api/opsTypes';
import { kw } from '../../format/kw';
import { text } from '../../i18n/chargers';
import { Chip, type ChipLook } from '../../ui/Chip';
import { chargerAddress } from './useChargerAddress';

const looks: Record<string, ChipLook> = { Charging: 'volt', Faulted: 'alert', SuspendedEV: 'amber', SuspendedEVSE: 'amber', Available: 'ok' };

/** OCPP 2.0.1 says of a connector only that it is in use; power says what for. */
const stateOf = (charger: ChargerView): string => (charger.status === 'Occupied' && charger.power_w ? 'Charging' : charger.status);

/** What it does, in a word; one that is away is not believed. */
export function ChargerChip({ charger }: { charger: ChargerView }) {
  if (!charger.online) return <Chip look="line">{text.offline}</Chip>;
  const state = stateOf(charger);
  return <Chip look={looks[state] ?? 'plain'}>{text.states[state] ?? state}</Chip>;
}

export const placeOf = (charger: ChargerView): string =>
  charger.unit_name ? `${text.unit} ${charger.unit_name}` : `${text.plug} ${charger.plug_name ?? ''}`;

export function ChargerList({ rows, chosen }: { rows: readonly ChargerView[]; chosen: string | null }) {
  return (
    <ul>
      {rows.map((row) => (
        <li key={row.id}>
          <a href={chargerAddress(row.id)} aria-current={row.id === chosen ? 'true' : undefined}>
            <span className="grow">
              <b className="clip">{row.identity}</b>
              <span className="mute clip">{placeOf(row)}</span>
            </span>
            <span className="chargers-now">
              {row.alarm && <Chip look="alert">{text.alarm}</Chip>}
              <ChargerChip charger={row} />
              {row.power_w !== null && row.power_w > 0 && <b>{kw(row.power_w / 1000, 1)}</b>}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
