import type { ChargeRequest } from '../../api/driverTypes';

/** Something the driver should hear of, and when it was seen. */
export interface Change {
  kind: 'later' | 'earlier' | 'unit' | 'replanned' | 'credit';
  at: string;
  minutes?: number;
  unit?: string;
  cause?: string;
  credit_minor?: number;
}

export interface ChangeLog {
  /** The request as it was when a change was last told. */
  told: ChargeRequest;
  changes: Change[];
}

/** Smaller shifts of an arrival are the road's daily breath, not news. */
const NEWS_MIN = 3;
const KEPT = 4;

const arrivalMs = (request: ChargeRequest): number => Date.parse((request.eta ?? request.promise).arrival_p50);
const minutesBetween = (before: ChargeRequest, after: ChargeRequest): number => Math.round((arrivalMs(after) - arrivalMs(before)) / 60_000);
const underWay = (request: ChargeRequest): boolean => ['booked', 'assigned', 'en_route'].includes(request.status);

/** What of `after` the driver has not heard yet. */
export function findChanges(told: ChargeRequest, after: ChargeRequest): Change[] {
  const at = after.eta?.at ?? after.created_at;
  const found: Change[] = [];
  if (told.status !== 'booked' && after.status === 'booked') found.push({ kind: 'replanned', at, cause: after.cause });
  if (told.unit && after.unit && told.unit.id !== after.unit.id) found.push({ kind: 'unit', at, unit: after.unit.name });
  const shift = underWay(told) && underWay(after) ? minutesBetween(told, after) : 0;
  if (Math.abs(shift) >= NEWS_MIN) found.push({ kind: shift > 0 ? 'later' : 'earlier', at, minutes: Math.abs(shift) });
  const credit = after.promise.credit_minor - told.promise.credit_minor;
  if (credit > 0) found.push({ kind: 'credit', at, credit_minor: credit });
  return found;
}

/** The log with what is new; the same log when nothing is. */
export function noteChanges(log: ChangeLog, request: ChargeRequest): ChangeLog {
  const found = findChanges(log.told, request);
  const moved = log.told.status !== request.status || (!log.told.unit && request.unit !== null);
  if (found.length === 0 && !moved) return log;
  // A status that moved on without news is the new measure, but for the arrival last told.
  const told = found.length > 0 ? request : { ...request, eta: log.told.eta ?? request.eta };
  return { told, changes: [...found, ...log.changes].slice(0, KEPT) };
}
