import type { SystemBoard, SystemMinute } from '../../api/opsTypes';
import { span } from '../../format/span';
import { text } from '../../i18n/system';
import { Strip60, type Bar } from './Strip60';

type Timed = 'quote_p95_ms' | 'replan_p95_ms' | 'stream_lag_p95_ms';

/** Within what each should be, so that nobody waits: the example rules for alerts say the same. */
const GOAL_MS: Record<Timed, number> = { quote_p95_ms: 500, replan_p95_ms: 5000, stream_lag_p95_ms: 2000 };

function barOf(took: number | null, goal: number): Bar | null {
  if (took === null) return null;
  return took > goal ? { plain: 0, marked: took } : { plain: took, marked: 0 };
}

function TimeStrip({ board, field, name, title }: { board: SystemBoard; field: Timed; name: string; title: string }) {
  const hour = board.spans.find((one) => one.name === name);
  const told =
    hour?.p50_ms == null || hour.p95_ms == null ? text.nothing : text.spanTold(span(hour.p50_ms), span(hour.p95_ms), hour.count);
  const most = Math.max(...board.minutes.map((minute) => minute[field] ?? 0), 0);
  const goal = GOAL_MS[field];
  return (
    <Strip60
      title={title}
      told={told}
      top={span(most)}
      goal={{ at: goal, words: text.goal(span(goal)) }}
      bars={board.minutes.map((minute) => barOf(minute[field], goal))}
    />
  );
}

const quotesOf = (minute: SystemMinute): Bar | null =>
  minute.quotes > 0 ? { plain: minute.quotes - minute.refused, marked: minute.refused } : null;

/** How often, and how long: four strips of an hour. */
export function SystemHour({ board }: { board: SystemBoard }) {
  const { minutes } = board;
  const sum = (field: 'quotes' | 'refused') => minutes.reduce((all, minute) => all + minute[field], 0);
  return (
    <div className="system-strips">
      <Strip60
        title={text.quotes}
        told={text.quotesTold(sum('quotes'), sum('refused'))}
        top={String(Math.max(...minutes.map((minute) => minute.quotes), 0))}
        bars={minutes.map(quotesOf)}
      />
      <TimeStrip board={board} field="quote_p95_ms" name="quote" title={text.quoteTime} />
      <TimeStrip board={board} field="replan_p95_ms" name="replan" title={text.replanTime} />
      <TimeStrip board={board} field="stream_lag_p95_ms" name="stream_lag" title={text.lag} />
    </div>
  );
}
