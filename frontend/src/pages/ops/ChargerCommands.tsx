import type { ChargerCommand } from '../../api/opsTypes';
import { ago } from '../../format/ago';
import { text } from '../../i18n/chargers';
import { wallNowMs } from '../../live/worldClock';
import { Chip, type ChipLook } from '../../ui/Chip';

const looks: Record<string, ChipLook> = { accepted: 'ok', rejected: 'alert', timed_out: 'amber', sent: 'route' };

/** What exactly, without the ids that only the house needs. */
function saidOf({ said }: ChargerCommand): string {
  const shown = Object.entries(said).filter(([name]) => !['token', 'ref', 'number', 'connector'].includes(name));
  return shown.map(([name, value]) => `${name} ${String(value)}`).join(', ');
}

/** What it was told: by whom, why, and what became of it. */
export function ChargerCommands({ rows }: { rows: readonly ChargerCommand[] }) {
  const { columns } = text;
  if (rows.length === 0) return <p className="pane-empty">{text.noCommands}</p>;
  return (
    <table className="chargers-table">
      <thead>
        <tr>
          {[columns.at, columns.what, columns.who, columns.why, columns.state].map((title) => <th key={title} scope="col">{title}</th>)}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td className="nowrap">{text.ago(ago(wallNowMs() - Date.parse(row.queued_at)))}</td>
            <td>
              <b>{text.verbs[row.verb] ?? row.verb}</b> <span className="mute">{saidOf(row)}</span>
            </td>
            <td>{row.who === 'system' ? text.house : row.who}</td>
            <td>{text.reasons[row.why] ?? row.why}</td>
            <td>
              <Chip look={looks[row.status] ?? 'plain'}>{text.statuses[row.status] ?? row.status}</Chip>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
