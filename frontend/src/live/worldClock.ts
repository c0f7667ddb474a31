import { listenToServerTime } from '../api/client';
import { setClock, startClock, worldNow, type Clock } from './clock';

let clock: Clock | null = null;
let wallOffsetMs = 0;

/** Date headers carry whole seconds: only a larger difference is one. */
const WALL_TOLERANCE_MS = 3000;

/** Where the clock is kept, so that a page that opens without a network knows what time it is in the world. */
const KEY = 'voltrun-clock';

function keep(worldMs: number, speed: number): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ worldMs, speed, wallMs: Date.now() }));
  } catch {
    // storage refused: the clock lasts as long as the page
  }
}

function findKept(): Clock | null {
  try {
    const { worldMs, speed, wallMs } = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, unknown>;
    if (typeof worldMs !== 'number' || typeof speed !== 'number' || typeof wallMs !== 'number' || speed <= 0) return null;
    return startClock(worldMs, speed, performance.now() - (Date.now() - wallMs));
  } catch {
    return null;
  }
}

export function noteWorldTime(worldIso: string, speed: number): void {
  const worldMs = Date.parse(worldIso);
  if (!Number.isFinite(worldMs) || speed <= 0) return;
  const next = setClock(clock, worldMs, speed, performance.now());
  if (next !== clock) keep(worldMs, speed);
  clock = next;
}

function noteWallTime(wall: string | null): void {
  const difference = wall ? Date.parse(wall) - Date.now() : 0;
  wallOffsetMs = Math.abs(difference) > WALL_TOLERANCE_MS ? difference : 0;
}

/** Milliseconds of world time now; until the server has spoken as it was last known, else the page's own. */
export function worldNowMs(): number {
  clock ??= findKept();
  return clock ? worldNow(clock, performance.now()) : Date.now();
}

export function worldSpeed(): number {
  return clock?.speed ?? 1;
}

/** A time of this device as the server counts it: offers expire by it. */
export function wallMs(deviceMs: number): number {
  return deviceMs + wallOffsetMs;
}

export function wallNowMs(): number {
  return wallMs(Date.now());
}

listenToServerTime(({ worldNow: iso, speed, wallNow }) => {
  noteWorldTime(iso, speed);
  noteWallTime(wallNow);
});
