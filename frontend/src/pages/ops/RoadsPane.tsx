import { useId } from 'react';
import type { ClosureView } from '../../api/opsTypes';
import { percent } from '../../format/percent';
import { text } from '../../i18n/ops';
import { text as roads } from '../../i18n/roads';
import { useClose, useLift } from '../../data/closures';
import { problemText } from '../../data/problemText';
import { worldNowMs } from '../../live/worldClock';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { Note } from '../../ui/Note';
import { Segmented } from '../../ui/Segmented';
import { emptyDraft, lacks, orderOf, type Draft } from './closureOrder';
import { closureName, closureSpan } from './closureWords';

interface Props {
  closures: readonly ClosureView[];
  zone: string;
  draft: Draft;
  onDraft: (draft: Draft) => void;
  onMiddle: () => void;
  onShow: (closure: ClosureView) => void;
  onClose: () => void;
}

const hours = ['1', '2', '4', '12', ''] as const;
const speeds = [75, 50, 25, 10] as const;

function InForce({ closures, zone, onShow }: Pick<Props, 'closures' | 'zone' | 'onShow'>) {
  const lift = useLift();
  if (closures.length === 0) return <p className="roads-none">{roads.none}</p>;
  return (
    <>
      <ul className="roads-list">
        {closures.map((closure) => (
          <li key={closure.id} className={closure.kind}>
            <button type="button" className="grow" onClick={() => { onShow(closure); }}>
              <b className="clip">{closure.why ? `${closureName(closure)}: ${closure.why}` : closureName(closure)}</b>
              <span>{closureSpan(closure, zone, worldNowMs())}</span>
            </button>
            <Button size="console" look="second" disabled={lift.isPending} onClick={() => { lift.mutate(closure.id); }}>
              {roads.lift}
            </Button>
          </li>
        ))}
      </ul>
      {lift.error && <Note look="alert">{problemText(lift.error)}</Note>}
    </>
  );
}

function HowLong({ draft, onDraft }: Pick<Props, 'draft' | 'onDraft'>) {
  const words = roads;
  const reason = useId();
  return (
    <>
      {draft.kind === 'slow' && (
        <label>
          {words.speed}
          <select value={draft.speedPct} onChange={(event) => { onDraft({ ...draft, speedPct: Number(event.target.value) }); }}>
            {speeds.map((share) => (
              <option key={share} value={share}>
                {percent(share / 100)}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        {words.howLong}
        <select value={draft.hours} onChange={(event) => { onDraft({ ...draft, hours: event.target.value }); }}>
          {hours.map((count) => (
            <option key={count} value={count}>
              {count ? text.lock.hours(count) : words.untilLifted}
            </option>
          ))}
        </select>
      </label>
      <label htmlFor={reason}>{text.lock.why}</label>
      <input id={reason} value={draft.why} maxLength={200} onChange={(event) => { onDraft({ ...draft, why: event.target.value }); }} />
    </>
  );
}

/** What is closed or slow, and one more. */
export function RoadsPane({ closures, zone, draft, onDraft, onMiddle, onShow, onClose }: Props) {
  const words = roads;
  const close = useClose();
  const missing = lacks(draft);
  return (
    <aside className="roads-pane" aria-label={words.title}>
      <header>
        <h2>{words.title}</h2>
        <button type="button" className="detail-close" aria-label={text.close} onClick={onClose}>
          <Icon name="cross" size={16} />
        </button>
      </header>
      <InForce closures={closures} zone={zone} onShow={onShow} />
      <form
        className="lock-form"
        onSubmit={(event) => {
          event.preventDefault();
          close.mutate(orderOf(draft, worldNowMs()), { onSuccess: () => { onDraft({ ...emptyDraft, shape: draft.shape, kind: draft.kind }); } });
        }}
      >
        <div className="roads-choices">
          <Segmented
            dense
            label={words.what}
            value={draft.kind}
            onChange={(kind) => { onDraft({ ...draft, kind }); }}
            options={[
              { value: 'closed', text: words.closed },
              { value: 'slow', text: words.slow },
            ]}
          />
          <Segmented
            dense
            label={words.where}
            value={draft.shape}
            onChange={(shape) => { onDraft({ ...draft, shape }); }}
            options={[
              { value: 'line', text: words.road },
              { value: 'area', text: words.area },
            ]}
          />
        </div>
        <p className="roads-hint" role="status">{draft.shape === 'line' ? words.clickRoad(draft.spots.length) : words.clickArea(draft.spots.length)}</p>
        <div className="deeds">
          <Button size="console" look="second" onClick={onMiddle}>
            {words.middle}
          </Button>
          <Button size="console" look="second" disabled={draft.spots.length === 0} onClick={() => { onDraft({ ...draft, spots: draft.spots.slice(0, -1) }); }}>
            {words.undo}
          </Button>
        </div>
        <HowLong draft={draft} onDraft={onDraft} />
        {close.error && <Note look="alert">{problemText(close.error)}</Note>}
        <Button size="console" type="submit" disabled={missing > 0 || close.isPending}>
          {draft.kind === 'closed' ? words.doClose : words.doSlow}
        </Button>
      </form>
    </aside>
  );
}
