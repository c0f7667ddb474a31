import type { LatLon } from '../api/types';

const METRES_PER_DEGREE = 111_320;

/** Metres between two points of one city. */
export function metresBetween(a: LatLon, b: LatLon): number {
  const dy = (b.lat - a.lat) * METRES_PER_DEGREE;
  const dx = (b.lon - a.lon) * METRES_PER_DEGREE * Math.cos((a.lat * Math.PI) / 180);
  return Math.hypot(dx, dy);
}

export function between(a: LatLon, b: LatLon, share: number): LatLon {
  return { lat: a.lat + (b.lat - a.lat) * share, lon: a.lon + (b.lon - a.lon) * share };
}

export interface OnPath {
  /** Metres from the start of the path. */
  along: number;
  /** Metres off the path. */
  off: number;
}

/** Where on a path a point lies, nearest first. */
export function locate(path: readonly LatLon[], point: LatLon): OnPath | null {
  let best: OnPath | null = null;
  let before = 0;
  for (let index = 1; index < path.length; index += 1) {
    const [a, b] = [path[index - 1], path[index]];
    if (!a || !b) break;
    const length = metresBetween(a, b);
    const scale = Math.cos((a.lat * Math.PI) / 180);
    const [bx, by] = [(b.lon - a.lon) * scale, b.lat - a.lat];
    const [px, py] = [(point.lon - a.lon) * scale, point.lat - a.lat];
    const square = bx * bx + by * by;
    const share = square === 0 ? 0 : Math.min(1, Math.max(0, (px * bx + py * by) / square));
    const off = metresBetween(point, between(a, b, share));
    if (!best || off < best.off) best = { along: before + share * length, off };
    before += length;
  }
  return best;
}

/** The path from `along` metres on, starting exactly there. */
export function pathFrom(path: readonly LatLon[], along: number): LatLon[] {
  let before = 0;
  for (let index = 1; index < path.length; index += 1) {
    const [a, b] = [path[index - 1], path[index]];
    if (!a || !b) break;
    const length = metresBetween(a, b);
    if (before + length >= along) {
      const share = length === 0 ? 0 : (along - before) / length;
      return [between(a, b, share), ...path.slice(index)];
    }
    before += length;
  }
  const last = path.at(-1);
  return last ? [last] : [];
}
