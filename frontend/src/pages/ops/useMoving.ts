import { useCallback, useMemo } from 'react';
import type { Board, MoveOption, MovePreview, StopView } from '../../api/opsTypes';
import { problemCode, problemText } from '../../data/problemText';
import { useMove, useMovePreview } from '../../data/moves';
import type { Action, Moving } from './consoleState';
import { findOption, isStaying, mustBeMeant } from './moveRules';

export interface Carried {
  moving: Moving;
  stop: StopView | null;
  preview: MovePreview | undefined;
  option: MoveOption | null;
  /** The verdicts shown are of another time, or not there yet. */
  isAsking: boolean;
  isSaving: boolean;
  /** Why the last drop, or the asking, failed. */
  problem: string | null;
  changed: boolean;
  drop: () => void;
}

function findStop(board: Board | null, unit: string | undefined, id: string | undefined): StopView | null {
  if (!board || !id) return null;
  const near = board.routes.find((route) => route.unit === unit)?.stops.find((stop) => stop.id === id);
  return near ?? board.routes.flatMap((route) => route.stops).find((stop) => stop.id === id) ?? null;
}

/** A visit that is carried: what its place would do, asked as it goes, and dropping it. */
export function useMoving(board: Board | null, moving: Moving | null, dispatch: (action: Action) => void, onMoved: (unit: string, option: MoveOption) => void): Carried | null {
  const stop = useMemo(() => findStop(board, moving?.from, moving?.stop), [board, moving?.from, moving?.stop]);
  const start = moving?.startMs ? new Date(moving.startMs).toISOString() : null;
  const version = `${String(board?.plan.version ?? 0)}.${String(stop?.revision ?? 0)}`;
  const asked = useMovePreview(moving?.stop ?? null, start, version);
  const move = useMove();
  const preview = asked.data;
  const option = moving ? findOption(preview, moving.over) : null;

  const drop = useCallback(() => {
    if (!moving || move.isPending) return;
    if (isStaying(moving)) {
      dispatch({ type: 'putBack' });
      return;
    }
    if (!preview || !option?.feasible || !option.unit) return;
    if (mustBeMeant(preview, option) && !moving.meant) {
      dispatch({ type: 'mean' });
      return;
    }
    const order = { stop: moving.stop, unit: option.unit, revision: preview.revision, start, confirm: moving.meant };
    move.mutate(order, {
      onSuccess: (done) => {
        onMoved(order.unit, done.effect);
        dispatch({ type: 'putBack' });
      },
      onError: () => void asked.refetch(),
    });
  }, [moving, move, preview, option, start, dispatch, onMoved, asked]);

  if (!moving) return null;
  return {
    moving,
    stop,
    preview,
    option,
    isAsking: asked.isFetching && (asked.isPlaceholderData || !preview),
    isSaving: move.isPending,
    problem: problemText(move.error ?? asked.error),
    changed: problemCode(move.error) === 'stop_changed',
    drop,
  };
}
