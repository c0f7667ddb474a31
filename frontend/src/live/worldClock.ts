import { listenToServerTime } from '../api/client';
import { setClock, worldNow, type Clock } from './clock';

let clock: Clock | null = null;
let wallOffsetMs = 0;

/** Date headers carry whole seconds: only a larger difference is one. */
const WALL_TOLERANCE_MS = 3000;

export function noteWorldTime(worldIso: string, speed: number): void {
  const worldMs = Date.parse(worldIso);
  if (Number.isFinite(worldMs) && speed > 0) clock = setClock(clock, worldMs, speed, performance.now());
}

function noteWallTime(wall: string | null): void {
  const difference = wall ? Date.parse(wall) - Date.now() : 0;
  wallOffsetMs = Math.abs(difference) > WALL_TOLERANCE_MS ? difference : 0;
}

/** Milliseconds of world time now; the page's own clock until the server has spoken. */
export function worldNowMs(): number {
  return clock ? worldNow(clock, performance.now()) : Date.now();
}

export function worldSpeed(): number {
  return clock?.speed ?? 1;
}

/** Human time as the server counts it: offers expire by it. */
export function wallNowMs(): number {
  return Date.now() + wallOffsetMs;
}

listenToServerTime(({ worldNow: iso, speed, wallNow }) => {
  noteWorldTime(iso, speed);
  noteWallTime(wallNow);
});
