import type { MoveOption, MovePreview } from '../../api/opsTypes';
import type { Moving } from './consoleState';

export type Verdict = 'fits' | 'hurts' | 'broken' | 'stays';

/** What a unit's row says while a visit is carried over it. */
export function verdictOf(option: MoveOption, stays: boolean): Verdict {
  if (!option.feasible) return 'broken';
  if (option.hurt.length > 0) return 'hurts';
  return stays ? 'stays' : 'fits';
}

/** Whether dropping it there leaves everything as it is. */
export const isStaying = (moving: Moving): boolean => moving.over === moving.from && moving.startMs === null;

export const findOption = (preview: MovePreview | undefined, unit: string): MoveOption | null =>
  preview?.options.find((option) => option.unit === unit) ?? null;

/** Whether the drop must be meant: it hurts a promise, or the driver knows another unit. */
export const mustBeMeant = (preview: MovePreview, option: MoveOption): boolean =>
  option.hurt.length > 0 || (preview.told && option.unit !== preview.unit);

const rank = (option: MoveOption): number => (option.feasible ? (option.hurt.length > 0 ? 1 : 0) : 2);

/** The best other unit: hurting nobody first, then the cheapest. */
export function bestOther(preview: MovePreview): string | null {
  const others = preview.options.filter((option) => option.unit !== null && option.unit !== preview.unit && option.feasible);
  others.sort((a, b) => rank(a) - rank(b) || (a.cost_milli ?? 0) - (b.cost_milli ?? 0));
  return others[0]?.unit ?? null;
}

/** The unit `step` rows further on, round the end. */
export function neighbour(units: readonly string[], unit: string, step: number): string {
  const index = units.indexOf(unit);
  if (units.length === 0 || index < 0) return units[0] ?? unit;
  return units[(index + step + units.length) % units.length] ?? unit;
}

const SNAP_MS = 5 * 60_000;

/** Times are carried in steps of five minutes. */
export const snap = (ms: number): number => Math.round(ms / SNAP_MS) * SNAP_MS;

/** Later or earlier by a step from where it is; never before now. */
export const stepTime = (fromMs: number, steps: number, nowMs: number): number =>
  Math.max(Math.ceil(nowMs / SNAP_MS) * SNAP_MS, snap(fromMs) + steps * SNAP_MS);

/** How much of the limit a rule was missed by, 0..1, for a bar; null where there is nothing to compare with. */
export function shareOf(amount: number, measure: string): number | null {
  const full: Record<string, number> = { s: 2 * 3600, wh: 30_000, mm: 1_000, kg: 1_000, w: 50_000, v: 400 };
  const whole = full[measure];
  return whole ? Math.min(1, amount / whole) : null;
}
