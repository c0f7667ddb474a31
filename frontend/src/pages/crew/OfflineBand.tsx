import { isWaiting } from '../../data/outbox/action';
import { clockTime } from '../../format/clockTime';
import { text } from '../../i18n/crew';
import { Icon } from '../../ui/Icon';
import { useCrew } from './useCrew';

/** Is my work safe? Since when, that it goes on, and how much waits. */
export function OfflineBand() {
  const { connection, lostSince, queue, zone } = useCrew();
  if (connection !== 'lost') return null;
  const waiting = queue.kept.filter(({ action }) => isWaiting(action)).length;
  return (
    <section className="crew-band" role="status">
      <Icon name="offline" size={30} />
      <div>
        <b>{lostSince === null ? text.offline.now : text.offline.since(clockTime(lostSince, zone))}</b>
        <p className="base">{waiting > 0 ? text.offline.safe(waiting) : text.offline.mayMove}</p>
      </div>
    </section>
  );
}
