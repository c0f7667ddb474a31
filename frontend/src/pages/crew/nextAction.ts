import type { CrewStop, StopVerb } from '../../api/crewTypes';
import type { StopState } from '../../api/types';

const over: StopState[] = ['done', 'failed', 'skipped'];

export const isOpen = (stop: CrewStop): boolean => !over.includes(stop.state);

/** The one thing to do next at a stop; null when nothing is left to do there. */
export function nextVerb(stop: CrewStop): Exclude<StopVerb, 'fail'> | null {
  switch (stop.state) {
    case 'planned':
      return 'depart';
    case 'dispatched':
      return 'arrive';
    case 'arrived':
      return stop.kind === 'hold' ? 'finish' : 'start';
    case 'working':
      return 'finish';
    default:
      return null;
  }
}

/** What the crew sees first: the list, or the car they stand at. */
export function partOf(stop: CrewStop | undefined): 'list' | 'at-car' | 'charging' {
  if (stop?.kind !== 'serve') return 'list';
  if (stop.state === 'arrived') return 'at-car';
  return stop.state === 'working' ? 'charging' : 'list';
}
