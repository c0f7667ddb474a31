import type { ChargerSession } from '../../api/opsTypes';
import { kw } from '../../format/kw';
import { kwh } from '../../format/kwh';
import { percent } from '../../format/percent';
import { timeRange } from '../../format/timeRange';
import { clockTime } from '../../format/clockTime';
import { text } from '../../i18n/chargers';
import { Chip } from '../../ui/Chip';

/** What flowed, as the meter told it, and what is not as it should be with it. */
export function ChargerSessions({ rows, zone }: { rows: readonly ChargerSession[]; zone: string }) {
  const { columns } = text;
  if (rows.length === 0) return <p className="pane-empty">{text.noSessions}</p>;
  return (
    <table className="chargers-table">
      <thead>
        <tr>
          {[columns.at, columns.energy, columns.power, columns.level, columns.marks].map((title) => <th key={title} scope="col">{title}</th>)}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td className="nowrap">{row.ended_at ? timeRange(row.started_at, row.ended_at, zone) : clockTime(row.started_at, zone)}</td>
            <td className="nowrap">
              <b>{kwh(row.energy_wh / 1000, 3)}</b>
            </td>
            <td className="nowrap">{row.power_w === null ? '–' : kw(row.power_w / 1000, 1)}</td>
            <td className="nowrap">{row.soc === null ? '–' : percent(row.soc)}</td>
            <td>
              <span className="chargers-marks">
                {!row.ended_at && <Chip look="volt">{text.running}</Chip>}
                {row.photo && <a href={`/api/ops/attachments/${row.photo}`} target="_blank" rel="noreferrer">{text.photo}</a>}
                {row.flags.map((flag) => <Chip key={flag} look="amber">{text.flags[flag] ?? flag}</Chip>)}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
