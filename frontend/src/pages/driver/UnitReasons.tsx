import type { RefusingUnit } from '../../api/driverTypes';
import { common } from '../../i18n/common';
import { text } from '../../i18n/driver';
import { missSentence } from '../../i18n/miss';
import { Icon } from '../../ui/Icon';

/** Why not, unit by unit. */
export function UnitReasons({ rows }: { rows: readonly RefusingUnit[] }) {
  if (rows.length === 0) return null;
  return (
    <details className="offers-part why">
      <summary>
        {text.refusal.why}
        <Icon name="next" />
      </summary>
      <ul>
        {rows.map((row) => (
          <li key={row.unit.id}>
            <b>{row.unit.name}</b>
            <span>{common.codes[row.code] ?? row.code}</span>
            <span className="mute">{missSentence(row) ?? row.detail}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
