import { NBSP } from './nbsp';

const MINUTE_MS = 60_000;

/** How far off a range is: 13 – 20 min. Never below zero. */
export function minutesRange(nowMs: number, from: string, to: string): string {
  const first = Math.max(0, Math.floor((Date.parse(from) - nowMs) / MINUTE_MS));
  const last = Math.max(first, Math.ceil((Date.parse(to) - nowMs) / MINUTE_MS));
  return first === last ? `${String(first)}${NBSP}min` : `${String(first)}${NBSP}–${NBSP}${String(last)}${NBSP}min`;
}
