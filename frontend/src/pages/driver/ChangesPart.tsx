import type { ChargeRequest } from '../../api/driverTypes';
import { clockTime } from '../../format/clockTime';
import { duration } from '../../format/duration';
import { money } from '../../format/money';
import { text } from '../../i18n/driver';
import { Announcer } from '../../ui/Announcer';
import type { Change } from './changes';
import { useChanges } from './useChanges';

function sentence(change: Change, request: ChargeRequest): string {
  const words = text.follow.changed;
  switch (change.kind) {
    case 'later':
      return words.later(duration((change.minutes ?? 0) * 60));
    case 'earlier':
      return words.earlier(duration((change.minutes ?? 0) * 60));
    case 'unit':
      return words.unit(change.unit ?? '');
    case 'credit':
      return words.credit(money(change.credit_minor ?? 0, request.price.currency));
    case 'replanned':
      return words.replanned;
  }
}

/** Why: as the crew said it, else where the time goes. */
export function whyOf(request: ChargeRequest): string {
  const words = text.follow;
  return words.because[request.cause] ?? (request.status === 'en_route' ? words.laterWhy : words.laterBefore);
}

const hasReason = (change: Change): boolean => change.kind === 'later' || change.kind === 'replanned';

/** What changed and why, the newest first; each is said aloud once. */
export function ChangesPart({ request, zone }: { request: ChargeRequest; zone: string }) {
  const changes = useChanges(request);
  const [latest] = changes;
  return (
    <>
      <Announcer text={latest ? `${sentence(latest, request)}. ${hasReason(latest) ? whyOf(request) : ''}` : ''} />
      {changes.length > 0 && (
        <section className="changes">
          <h2 className="sub">{text.follow.changes}</h2>
          <ul>
            {changes.map((change, index) => (
              <li key={`${change.kind}-${change.at}`}>
                <span className="mute nowrap">{clockTime(change.at, zone)}</span>
                <span>
                  <b>{sentence(change, request)}</b>
                  {index === 0 && hasReason(change) && <span className="mute">{` ${whyOf(request)}`}</span>}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
