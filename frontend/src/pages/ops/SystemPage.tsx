import { useEffect, useRef } from 'react';
import type { SystemBoard } from '../../api/opsTypes';
import { useSystem } from '../../data/system';
import { problemText } from '../../data/problemText';
import { ago } from '../../format/ago';
import { clockTime } from '../../format/clockTime';
import { common } from '../../i18n/common';
import { text as ops } from '../../i18n/ops';
import { text } from '../../i18n/system';
import { Icon } from '../../ui/Icon';
import { Kv } from '../../ui/Kv';
import { Note } from '../../ui/Note';
import { Skeleton } from '../../ui/Skeleton';
import { Stat } from '../../ui/Stat';
import { leavePlace } from './place';
import './system.css';
import { SystemHour } from './SystemHour';

function Parts({ board }: { board: SystemBoard }) {
  return (
    <ul className="system-parts">
      {board.parts.map((part) => {
        const why = board.down[part];
        return (
          <li key={part} className={why === undefined ? '' : 'down'}>
            <Icon name={why === undefined ? 'tick' : 'warning'} size={18} />
            <b>{text.parts[part] ?? part}</b>
            <span>{why === undefined ? text.stands : text.down}</span>
          </li>
        );
      })}
    </ul>
  );
}

function Now({ now }: { now: SystemBoard['now'] }) {
  return (
    <div className="system-now">
      <Stat label={text.unitsHeard} value={String(now.units - now.stale_units)} unit={text.of(now.units)} />
      <Stat label={text.openRequests} value={String(now.open_requests)} />
      <Stat label={text.planAge} value={ago(now.plan_age_s * 1000)} />
      <Stat label={text.waiting} value={String(now.replans_waiting)} {...(now.replans_waiting > 0 && { unit: text.since(ago(now.longest_wait_s * 1000)) })} />
      <Stat label={text.tasks} value={now.tasks_waiting === null ? '–' : String(now.tasks_waiting)} />
    </div>
  );
}

function Reasons({ rows }: { rows: SystemBoard['refusals'] }) {
  const most = Math.max(...rows.map((row) => row.count), 1);
  if (rows.length === 0) return <p className="mute">{text.noneRefused}</p>;
  return (
    <ul className="system-reasons">
      {rows.map((row) => (
        <li key={row.name}>
          <span>{text.reasons[row.name] ?? common.codes[row.name] ?? row.name}</span>
          <b>{row.count}</b>
          <i style={{ inlineSize: `${String((100 * row.count) / most)}%` }} />
        </li>
      ))}
    </ul>
  );
}

function Answers({ rows }: { rows: SystemBoard['answers'] }) {
  if (rows.length === 0) return <p className="mute">{text.noAnswers}</p>;
  return <Kv rows={rows.map((row) => [text.kinds[row.name] ?? row.name, row.count] as const)} />;
}

function Body({ board }: { board: SystemBoard }) {
  const down = Object.keys(board.down).length;
  return (
    <>
      <section aria-label={down === 0 ? text.allWell : text.someDown(down)}>
        <h3>{down === 0 ? text.allWell : text.someDown(down)}</h3>
        <Parts board={board} />
      </section>
      <section aria-label={text.now}>
        <h3>{text.now}</h3>
        <Now now={board.now} />
      </section>
      <section aria-label={text.hour}>
        <h3>{text.hour}</h3>
        {board.minutes.length === 0 ? <Note look="amber">{text.noHour}</Note> : <SystemHour board={board} />}
      </section>
      {board.minutes.length > 0 && (
        <div className="system-pair">
          <section aria-label={text.whyRefused}>
            <h3>{text.whyRefused}</h3>
            <Reasons rows={board.refusals} />
          </section>
          <section aria-label={text.answers}>
            <h3>{text.answers}</h3>
            <Answers rows={board.answers} />
          </section>
        </div>
      )}
    </>
  );
}

/** Does the house itself do well? What stands, what waits, and the last hour. */
export default function SystemPage({ zone }: { zone: string }) {
  const asked = useSystem();
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    close.current?.focus();
  }, []);
  return (
    <section
      className="system"
      aria-label={text.title}
      onKeyDown={(event) => {
        // The console behind keeps its keys to itself while this is open.
        event.stopPropagation();
        if (event.key === 'Escape') leavePlace();
      }}
    >
      <header>
        <h2>{text.title}</h2>
        <span className="mute grow">{asked.data && text.asOf(clockTime(asked.data.at, zone))}</span>
        <button type="button" className="plain-button" ref={close} aria-label={ops.close} onClick={leavePlace}>
          <Icon name="cross" />
        </button>
      </header>
      <div className="system-body" tabIndex={0} role="group" aria-label={text.title}>
        {asked.isError && <Note look="alert">{problemText(asked.error)}</Note>}
        {asked.isPending && <Skeleton lines={8} sentence={text.loading} />}
        {asked.data && <Body board={asked.data} />}
      </div>
    </section>
  );
}
