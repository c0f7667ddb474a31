import { useMutation, useQuery } from '@tanstack/react-query';
import { post } from '../api/client';
import type { MoveDone, MovePreview } from '../api/opsTypes';

export interface MoveOrder {
  stop: string;
  unit: string;
  revision: number;
  start: string | null;
  confirm: boolean;
}

/** What moving a visit would do on every unit; asked anew when the visit, its time or the plan is another. */
export const useMovePreview = (stop: string | null, start: string | null, version: string) =>
  useQuery({
    queryKey: ['move', stop, start, version],
    queryFn: () => post<MovePreview>('/api/ops/moves/preview', { stop, start }),
    enabled: stop !== null,
    staleTime: 20_000,
    gcTime: 60_000,
    retry: false,
    // Of the same visit the last answer stays until the fresh one is here.
    placeholderData: (before) => (before?.stop === stop ? before : undefined),
  });

/** Moves a visit. The key names all that is meant, so that a second tap is the same deed. */
export const useMove = () =>
  useMutation({
    mutationFn: ({ stop, ...body }: MoveOrder) =>
      post<MoveDone>(
        `/api/ops/stops/${stop}/move`,
        body,
        `move-${stop}-${String(body.revision)}-${body.unit}-${body.start ?? ''}-${String(body.confirm)}`,
      ),
  });
