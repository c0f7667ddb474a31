import type { LatLon } from '../../api/types';
import type { ClosureOrder } from '../../data/closures';

/** What is being drawn and said, before it is sent. */
export interface Draft {
  spots: LatLon[];
  shape: 'line' | 'area';
  kind: 'closed' | 'slow';
  speedPct: number;
  /** Hours from now; empty: until it is lifted. */
  hours: string;
  why: string;
}

export const emptyDraft: Draft = { spots: [], shape: 'line', kind: 'closed', speedPct: 50, hours: '', why: '' };

const HOUR_MS = 3_600_000;
const least = { line: 2, area: 3 } as const;

/** How many more places it takes. */
export const lacks = ({ spots, shape }: Draft): number => Math.max(0, least[shape] - spots.length);

export function orderOf(draft: Draft, nowMs: number): ClosureOrder {
  const spots = draft.spots.map(({ lat, lon }): [number, number] => [lat, lon]);
  return {
    kind: draft.kind,
    shape: draft.shape === 'line' ? { line: spots } : { area: spots },
    ...(draft.kind === 'slow' ? { speed_pct: draft.speedPct } : {}),
    why: draft.why.trim(),
    until_at: draft.hours ? new Date(nowMs + Number(draft.hours) * HOUR_MS).toISOString() : null,
  };
}
