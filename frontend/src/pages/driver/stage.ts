import type { ChargeRequest } from '../../api/driverTypes';
import type { RequestStatus } from '../../api/types';
import { chargeNow } from './charge';

/** Which of the five stages a request is in; 5 means all are done. */
const stageOf: Record<RequestStatus, number> = {
  booked: 0,
  assigned: 0,
  en_route: 1,
  on_site: 2,
  charging: 3,
  completed: 5,
  cancelled: 5,
  no_show: 5,
  unserviceable: 5,
  failed: 5,
};

export const stageIndex = (status: RequestStatus): number => stageOf[status];

function share(from: string | null | undefined, to: string | null | undefined, nowMs: number): number {
  if (!from || !to) return 0.3;
  const [start, end] = [Date.parse(from), Date.parse(to)];
  return end > start ? Math.min(1, Math.max(0, (nowMs - start) / (end - start))) : 0.3;
}

/** How far the stage under way has come, 0..1. */
export function stageProgress(request: ChargeRequest, nowMs: number): number {
  const at = request.stage_at;
  switch (request.status) {
    case 'en_route':
      return share(at.en_route, request.eta?.arrival_p50, nowMs);
    case 'charging':
      return chargeNow(request, nowMs)?.share ?? 0;
    case 'assigned':
      return 0.7;
    default:
      return 0.35;
  }
}

/** Minutes past (or, below zero, before) what was promised, by the later end of the range. */
export function promiseShiftMin(request: ChargeRequest): number {
  if (!request.eta) return 0;
  return Math.round((Date.parse(request.eta.arrival_p90) - Date.parse(request.promise.arrival_p90)) / 60_000);
}
