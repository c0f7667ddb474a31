import { clockTime } from './clockTime';
import { NBSP } from './nbsp';

/** P50 to P90 as the area's clocks show it: 14:37 – 14:44. Breaks only after the dash. */
export function timeRange(from: string, to: string, timeZone: string): string {
  const [first, last] = [clockTime(from, timeZone), clockTime(to, timeZone)];
  return first === last ? first : `${first}${NBSP}– ${last}`;
}
