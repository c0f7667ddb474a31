import type { ClosureView } from '../../api/opsTypes';
import { clockTime } from '../../format/clockTime';
import { percent } from '../../format/percent';
import { text as roads } from '../../i18n/roads';

/** What it is, in a word or two. */
export const closureName = (closure: Pick<ClosureView, 'kind' | 'speed_pct'>): string =>
  closure.kind === 'closed' ? roads.closed : roads.slowTo(percent(closure.speed_pct / 100));

/** From when and until when, and whether the planner reckons with it. */
export function closureSpan(closure: ClosureView, zone: string, nowMs: number): string {
  const words = roads;
  const begins = Date.parse(closure.from_at) > nowMs ? [words.from(clockTime(closure.from_at, zone))] : [];
  const ends = closure.until_at ? words.until(clockTime(closure.until_at, zone)) : words.untilLifted;
  const known = begins.length > 0 || closure.known ? [] : [words.notYetKnown];
  return [...begins, ends, ...known].join(' · ');
}
