import { useMutation } from '@tanstack/react-query';
import { post } from '../api/client';
import type { ClosureView } from '../api/opsTypes';

export interface ClosureOrder {
  kind: 'closed' | 'slow';
  /** Clicks along a road, or an outline: pairs of latitude and longitude. */
  shape: { line: [number, number][] } | { area: [number, number][] };
  speed_pct?: number;
  why: string;
  until_at: string | null;
}

/** Closes a road or slows an area down; the stream tells what became of it. */
export const useClose = () => useMutation({ mutationFn: (closure: ClosureOrder) => post<ClosureView>('/api/ops/closures', closure) });

/** Opens it again. */
export const useLift = () => useMutation({ mutationFn: (id: string) => post(`/api/ops/closures/${id}/lift`) });
