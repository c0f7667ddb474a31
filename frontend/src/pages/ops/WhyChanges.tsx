import type { VisitChange } from '../../api/opsTypes';
import { clockTime } from '../../format/clockTime';
import { text } from '../../i18n/ops';
import { tellWhat, tellWhy } from './changeWords';

/** What plans have changed about a visit, the newest first, each with its reason. */
export function WhyChanges({ changes, zone }: { changes: VisitChange[]; zone: string }) {
  const words = text.why;
  if (changes.length === 0) return null;
  return (
    <>
      <h3 className="why-head">{words.changes}</h3>
      <ol className="why-changes">
        {changes.map((change) => (
          <li key={change.version}>
            <time className="mute" dateTime={change.at}>{clockTime(change.at, zone)}</time>
            <span className="grow">
              <b>{tellWhat(change)}</b> <span>{tellWhy(change)}</span>
            </span>
            <span className="mute nowrap">{words.inPlan(change.version)}</span>
          </li>
        ))}
      </ol>
    </>
  );
}
