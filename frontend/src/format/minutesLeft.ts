const MINUTE_MS = 60_000;

/** Whole minutes from now until an instant, rounded up; 0 when it has passed. */
export function minutesLeft(nowMs: number, until: string): number {
  return Math.max(0, Math.ceil((Date.parse(until) - nowMs) / MINUTE_MS));
}
