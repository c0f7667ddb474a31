import type { QueuedAction } from '../../data/outbox/action';
import type { Kept } from '../../data/outbox/store';
import { clockTime } from '../../format/clockTime';
import { kwh } from '../../format/kwh';
import { common } from '../../i18n/common';
import { text } from '../../i18n/crew';
import { problemSentence } from '../../i18n/problem';
import { Icon } from '../../ui/Icon';
import { useCrew } from './useCrew';

function wordsOf({ verb, body }: QueuedAction): string {
  const meter = body['meter_wh'];
  return typeof meter === 'number' ? `${text.done[verb]}, ${kwh(meter / 1000)}` : text.done[verb];
}

function Row({ kept: { number, action } }: { kept: Kept }) {
  const { zone, outbox } = useCrew();
  return (
    <li className={action.refused ? 'queued refused' : 'queued'}>
      <b className="at">{clockTime(action.at, zone)}</b>
      <span className="grow">
        <b>{wordsOf(action)}</b>
        <span className="small mute">{action.refused ? problemSentence(action.refused) : action.place}</span>
      </span>
      {action.refused ? (
        <button
          type="button"
          className="plain-button"
          aria-label={text.dismiss}
          title={text.dismiss}
          onClick={() => void outbox.dismiss(number)}
        >
          <Icon name="cross" size={22} />
        </button>
      ) : (
        <span className="row small mute nowrap">
          <Icon name="clock" size={18} />
          {text.waits}
        </span>
      )}
    </li>
  );
}

/** What waits to go up, in its order; and what the house would not have, with why. */
export function OutboxPart() {
  const { queue } = useCrew();
  if (queue.kept.length === 0) return null;
  return (
    <section className="outbox" aria-label={common.waiting}>
      <div className="spread">
        <h2>{common.waiting}</h2>
        <span className="mute base">{text.actions(queue.kept.length)}</span>
      </div>
      <ol>
        {queue.kept.map((kept) => (
          <Row key={kept.number} kept={kept} />
        ))}
      </ol>
    </section>
  );
}
