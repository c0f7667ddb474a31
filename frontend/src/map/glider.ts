import type { LatLon } from '../api/types';
import { glide } from './glide';

export interface Fix extends LatLon {
  id: string;
  at: string;
  /** A stale unit stands where it was last seen. */
  still: boolean;
}

interface Move {
  from: LatLon;
  to: Fix;
  sinceMs: number;
}

/** Where each marker is drawn between its fixes. Knows no map and no clock of its own. */
export class Glider {
  private readonly moves = new Map<string, Move>();
  private readonly durationMs: number;

  constructor(durationMs: number) {
    this.durationMs = durationMs;
  }

  /** Takes the latest fixes; those that are gone are forgotten. */
  take(fixes: readonly Fix[], nowMs: number, legOf: (id: string) => readonly LatLon[] | null): void {
    const seen = new Set(fixes.map((fix) => fix.id));
    for (const id of this.moves.keys()) if (!seen.has(id)) this.moves.delete(id);
    for (const fix of fixes) {
      const move = this.moves.get(fix.id);
      if (move?.to.at === fix.at && move.to.lat === fix.lat && move.to.lon === fix.lon) continue;
      const from = move && !fix.still ? this.placeOf(move, nowMs, legOf(fix.id)) : fix;
      this.moves.set(fix.id, { from, to: fix, sinceMs: nowMs });
    }
  }

  place(id: string, nowMs: number, leg: readonly LatLon[] | null): LatLon | null {
    const move = this.moves.get(id);
    return move ? this.placeOf(move, nowMs, leg) : null;
  }

  isMoving(nowMs: number): boolean {
    for (const move of this.moves.values()) if (nowMs - move.sinceMs < this.durationMs) return true;
    return false;
  }

  private placeOf(move: Move, nowMs: number, leg: readonly LatLon[] | null): LatLon {
    const share = this.durationMs === 0 ? 1 : (nowMs - move.sinceMs) / this.durationMs;
    return glide(move.from, move.to, share, leg);
  }
}
