import type { ChargerMessage } from '../../api/opsTypes';
import { clockTime } from '../../format/clockTime';
import { text } from '../../i18n/chargers';
import { Icon } from '../../ui/Icon';

/** Every frame as it was, the newest first; our answer stands with what was asked. */
export function ChargerMessages({ rows, zone }: { rows: readonly ChargerMessage[]; zone: string }) {
  if (rows.length === 0) return <p className="pane-empty">{text.noMessages}</p>;
  return (
    <ol className="chargers-log">
      {rows.map((row) => (
        <li key={row.id}>
          <details>
            <summary>
              <span className="mute nowrap">{clockTime(row.at, zone)}</span>
              <span className={row.ours ? 'chargers-way ours' : 'chargers-way'}>
                <Icon name={row.ours ? 'next' : 'back'} size={14} />
                {row.ours ? text.told : text.said}
              </span>
              <b className="clip">{row.action || text.unnamed}</b>
            </summary>
            <pre>{row.frame}</pre>
            {row.answer && (
              <>
                <p className="mute">{text.answered}</p>
                <pre>{row.answer}</pre>
              </>
            )}
          </details>
        </li>
      ))}
    </ol>
  );
}
