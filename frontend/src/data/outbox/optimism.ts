import type { CrewDay, CrewStop, StopVerb } from '../../api/crewTypes';
import type { StopKind, StopState } from '../../api/types';
import type { QueuedAction } from './action';

const rank: Record<StopState, number> = { planned: 0, dispatched: 1, arrived: 2, working: 3, done: 4, failed: 4, skipped: 4 };

/** Whether a state is at or past another on a stop's way. */
export const reached = (state: StopState, wanted: StopState): boolean => rank[state] >= rank[wanted];

/** Where a verb takes a stop; home needs no more than arriving. */
export function stateAfter(verb: StopVerb, kind: StopKind | null): StopState {
  const after: Record<StopVerb, StopState> = { depart: 'dispatched', arrive: 'arrived', start: 'working', stop: 'working', finish: 'done', fail: 'failed' };
  return verb === 'arrive' && kind === 'hold' ? 'done' : after[verb];
}

function moveOn(stop: CrewStop, action: QueuedAction): CrewStop {
  if (action.verb === 'report') return stop;
  const state = stateAfter(action.verb, stop.kind);
  if (reached(stop.state, state)) return stop;
  if (action.verb !== 'start') return { ...stop, state };
  // From its true start the stop lasts as long as planned.
  const lasts = Date.parse(stop.end) - Date.parse(stop.start);
  return { ...stop, state, start: action.at, end: new Date(Date.parse(action.at) + lasts).toISOString() };
}

/** The day as it is once everything the crew has done is known to the house. */
export function withActions(day: CrewDay, actions: readonly QueuedAction[]): CrewDay {
  const ours = actions.filter((action) => !action.refused);
  if (ours.length === 0) return day;
  const stops = day.stops.map((stop) => ours.filter((action) => action.stop === stop.id).reduce(moveOn, stop));
  return { ...day, stops };
}
