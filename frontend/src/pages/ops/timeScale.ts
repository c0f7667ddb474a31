/** A stretch of world time laid over the width of the timeline. */
export interface TimeScale {
  fromMs: number;
  toMs: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export type Span = 'two' | 'six' | 'day';

const spans: Record<Span, { beforeMs: number; afterMs: number; tickMs: number }> = {
  two: { beforeMs: 0.5 * HOUR_MS, afterMs: 1.5 * HOUR_MS, tickMs: 0.25 * HOUR_MS },
  six: { beforeMs: 1.2 * HOUR_MS, afterMs: 4.8 * HOUR_MS, tickMs: HOUR_MS },
  day: { beforeMs: 6 * HOUR_MS, afterMs: 18 * HOUR_MS, tickMs: 3 * HOUR_MS },
};

/** How far the timeline may be pushed to either side. */
const FARTHEST_MS = 24 * HOUR_MS;

/** The stretch around now; `offsetMs` pushes it into the future, or the past. */
export function scaleOf(span: Span, nowMs: number, offsetMs = 0): TimeScale {
  return { fromMs: nowMs - spans[span].beforeMs + offsetMs, toMs: nowMs + spans[span].afterMs + offsetMs };
}

/** The least stretch of time that moves a timeline of common width by half a pixel. */
export function stepOf(span: Span): number {
  return (spans[span].beforeMs + spans[span].afterMs) / 2000;
}

/** The offset after a push by `pixels` over a track of `width`. */
export function push(span: Span, offsetMs: number, pixels: number, width: number): number {
  const whole = spans[span].beforeMs + spans[span].afterMs;
  const pushed = offsetMs + (pixels / Math.max(1, width)) * whole;
  return Math.min(FARTHEST_MS, Math.max(-FARTHEST_MS, pushed));
}

/** 0..100 across the timeline; outside of it, outside of that. */
export function at(scale: TimeScale, ms: number): number {
  return ((ms - scale.fromMs) / (scale.toMs - scale.fromMs)) * 100;
}

/** The instant at a share 0..1 of the width. */
export function msAt(scale: TimeScale, share: number): number {
  return scale.fromMs + share * (scale.toMs - scale.fromMs);
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
