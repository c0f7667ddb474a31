/** A stretch of world time laid over the width of the timeline. */
export interface TimeScale {
  fromMs: number;
  toMs: number;
}

const HOUR_MS = 3_600_000;

export type Span = 'two' | 'six' | 'day';

const spans: Record<Span, { beforeMs: number; afterMs: number; tickMs: number }> = {
  two: { beforeMs: 0.5 * HOUR_MS, afterMs: 1.5 * HOUR_MS, tickMs: 0.25 * HOUR_MS },
  six: { beforeMs: 1.2 * HOUR_MS, afterMs: 4.8 * HOUR_MS, tickMs: HOUR_MS },
  day: { beforeMs: 6 * HOUR_MS, afterMs: 18 * HOUR_MS, tickMs: 3 * HOUR_MS },
};

export function scaleOf(span: Span, nowMs: number): TimeScale {
  return { fromMs: nowMs - spans[span].beforeMs, toMs: nowMs + spans[span].afterMs };
}

/** 0..100 across the timeline; outside of it, outside of that. */
export function at(scale: TimeScale, ms: number): number {
  return ((ms - scale.fromMs) / (scale.toMs - scale.fromMs)) * 100;
}

/** Left edge and width in per cent of what of [from, to] is in view; null when nothing is. */
export function stretch(scale: TimeScale, fromMs: number, toMs: number): { left: number; width: number } | null {
  const left = Math.max(0, at(scale, fromMs));
  const right = Math.min(100, at(scale, toMs));
  return right > left ? { left, width: right - left } : null;
}

export function ticks(span: Span, scale: TimeScale): number[] {
  const step = spans[span].tickMs;
  const found: number[] = [];
  for (let ms = Math.ceil(scale.fromMs / step) * step; ms <= scale.toMs; ms += step) found.push(ms);
  return found;
}
