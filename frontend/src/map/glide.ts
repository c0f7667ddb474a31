import type { LatLon } from '../api/types';
import { between, locate, pathFrom } from './geometry';

/** Farther off the leg than this, a fix is not on it. */
const ON_LEG_METRES = 40;

/**
 * A marker's place `share` of the way (0..1) from one fix to the next: along the leg when both lie on it, in
 * order; straight otherwise. Never past the last fix.
 */
export function glide(from: LatLon, to: LatLon, share: number, leg: readonly LatLon[] | null): LatLon {
  const done = Math.min(1, Math.max(0, share));
  if (done === 1) return { lat: to.lat, lon: to.lon };
  const start = leg && locate(leg, from);
  const end = leg && locate(leg, to);
  if (!leg || !start || !end || start.off > ON_LEG_METRES || end.off > ON_LEG_METRES || end.along <= start.along) {
    return between(from, to, done);
  }
  return pathFrom(leg, start.along + (end.along - start.along) * done)[0] ?? between(from, to, done);
}
