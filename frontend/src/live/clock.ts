/** World time on this page: an anchor told by the server, and the speed at which the world goes on from it. */
export interface Clock {
  worldAnchorMs: number;
  pageAnchorMs: number;
  speed: number;
}

/** Two readings closer than this say the same; following each would make countdowns tremble. */
const TOLERANCE_PAGE_MS = 400;

export function startClock(worldMs: number, speed: number, pageMs: number): Clock {
  return { worldAnchorMs: worldMs, pageAnchorMs: pageMs, speed };
}

export function worldNow(clock: Clock, pageMs: number): number {
  return clock.worldAnchorMs + (pageMs - clock.pageAnchorMs) * clock.speed;
}

/** Takes a new reading; keeps the old anchor when the two agree. */
export function setClock(clock: Clock | null, worldMs: number, speed: number, pageMs: number): Clock {
  if (clock && clock.speed === speed) {
    const driftPageMs = Math.abs(worldNow(clock, pageMs) - worldMs) / speed;
    if (driftPageMs < TOLERANCE_PAGE_MS) return clock;
  }
  return startClock(worldMs, speed, pageMs);
}
