import type { StopVerb } from '../../api/crewTypes';
import type { Problem } from '../../api/problem';

/** One tap of the crew, kept until the house has it. Its key makes it count once, however often it is sent. */
export interface QueuedAction {
  key: string;
  /** Whose tap: another person on the same device sends only their own. */
  person: string;
  /** A step of a stop, or a report beside it. */
  verb: StopVerb | 'report';
  stop: string | null;
  /** Of the device, in world time. */
  at: string;
  body: Record<string, unknown>;
  /** What the crew calls the place; the stop itself may be gone when this is read again. */
  place: string;
  /** Why the house would not have it; waiting when absent. */
  refused?: Pick<Problem, 'code' | 'detail' | 'status'>;
}

export const pathOf = (action: QueuedAction): string =>
  action.verb === 'report' ? '/api/crew/reports' : `/api/crew/stops/${action.stop ?? ''}/${action.verb}`;

export const isWaiting = (action: QueuedAction): boolean => action.refused === undefined;
