import type { RequestView } from '../../api/opsTypes';
import type { RequestStatus } from '../../api/types';
import type { RequestShape } from '../../ui/marks/requestMark';

const finished: RequestStatus[] = ['completed', 'cancelled', 'no_show', 'unserviceable', 'failed'];
const waiting: RequestStatus[] = ['booked', 'assigned', 'en_route'];

/** Less than this past the promise is not worth a dispatcher's look. */
const AT_RISK_MS = 60_000;

export const isFinished = (request: RequestView): boolean => finished.includes(request.status);

/** How far the pessimistic arrival lies past what was promised; 0 when it holds. */
export function lateMs(request: RequestView): number {
  if (!request.eta || !request.promise || !waiting.includes(request.status)) return 0;
  const late = Date.parse(request.eta.arrival_p90) - Date.parse(request.promise.arrival_p90);
  return late > AT_RISK_MS ? late : 0;
}

/** The shape a request has on map, queue and timeline. */
export function requestShape(request: RequestView): RequestShape {
  if (isFinished(request)) return 'done';
  if (request.urgency === 'stranded') return 'stranded';
  if (request.not_served) return 'not_served';
  if (lateMs(request) > 0) return 'at_risk';
  return request.urgency === 'flexible' ? 'flexible' : 'booked';
}
