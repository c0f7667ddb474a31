import { ProblemError } from '../../api/problem';
import type { StopState } from '../../api/types';
import { reached, stateAfter } from './optimism';
import type { QueuedAction } from './action';

/** What a failed sending means: keep it and try later, it is done already, or it will never be taken. */
export type Fate = 'later' | 'done' | 'refused';

const LATER_CODES = ['in_progress', 'throttled', 'not_signed_in', 'http_401'];

export function fateOf(action: QueuedAction, error: unknown): Fate {
  if (!(error instanceof ProblemError)) return 'later';
  const { status, code, state } = error.problem;
  if (status === 0 || status >= 500 || LATER_CODES.includes(code)) return 'later';
  // A stop that is there already: a first sending arrived and its answer was lost.
  const wanted = action.verb === 'report' ? null : stateAfter(action.verb, null);
  if (code === 'not_in_that_state' && wanted && state && reached(state as StopState, wanted)) return 'done';
  return 'refused';
}
