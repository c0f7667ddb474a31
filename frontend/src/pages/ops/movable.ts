import type { Board, StopView } from '../../api/opsTypes';

/** Only a visit to a car that nobody has set out for can be moved, or held. */
export const isMovable = (stop: StopView): boolean => stop.kind === 'serve' && stop.state === 'planned' && stop.request !== null;

/** The visit of a request that can be moved now, and its unit. */
export function findMovable(board: Board, request: string | null): { stop: StopView; unit: string } | null {
  if (!request) return null;
  for (const route of board.routes) {
    const stop = route.stops.find((one) => one.request === request && isMovable(one));
    if (stop) return { stop, unit: route.unit };
  }
  return null;
}
