import { useMutation } from '@tanstack/react-query';
import { post } from '../api/client';
import type { RouteView } from '../api/opsTypes';

export type LockWhat = 'unit' | 'time' | 'both';

export interface LockOrder {
  stop: string;
  /** null gives the visit back to the planner. */
  what: LockWhat | null;
  why: string;
  until: string | null;
}

/** Holds a visit, or gives it back. */
export const useLock = () =>
  useMutation({
    mutationFn: ({ stop, what, why, until }: LockOrder) =>
      what === null ? post<RouteView>(`/api/ops/stops/${stop}/unlock`) : post<RouteView>(`/api/ops/stops/${stop}/lock`, { what, why, until }),
  });
