import type { ChargeRequest, Eta } from '../api/driverTypes';
import type { Position } from '../api/types';
import { isFields, isLater } from './records';
import type { StreamRules } from './stream';

interface RequestLive {
  position?: Position | null;
  eta?: Eta | null;
  soc?: number | null;
  power?: number | null;
  energy_wh?: number | null;
  expected_end?: string | null;
}

const isRequest = (data: unknown): data is ChargeRequest =>
  isFields(data) && typeof data['id'] === 'string' && typeof data['status'] === 'string';
const isLive = (data: unknown): data is RequestLive => isFields(data);

/** The request as told durably, except where a live value is newer. */
function mergeRequest(before: ChargeRequest, after: ChargeRequest): ChargeRequest {
  const eta = before.eta && after.eta && isLater(before.eta.at, after.eta.at) ? before.eta : after.eta;
  const was = before.unit?.id === after.unit?.id ? before.unit?.position : null;
  const is = after.unit?.position;
  const unit = after.unit && is && isLater(was?.at, is.at) ? { ...after.unit, position: was ?? is } : after.unit;
  return { ...after, eta, unit };
}

function takeLive(request: ChargeRequest, live: RequestLive): ChargeRequest {
  const eta = live.eta && isLater(live.eta.at, request.eta?.at) ? live.eta : request.eta;
  const fix = live.position;
  const moved = request.unit && fix && isLater(fix.at, request.unit.position?.at);
  const unit = moved && request.unit ? { ...request.unit, position: fix } : request.unit;
  const session = request.session && {
    ...request.session,
    soc: live.soc ?? request.session.soc,
    power_w: live.power ?? request.session.power_w,
    energy_wh: live.energy_wh ?? request.session.energy_wh,
    expected_end: live.expected_end ?? request.session.expected_end,
  };
  return { ...request, eta, unit, session };
}

export const requestRules: StreamRules<ChargeRequest> = {
  snapshot: (frame) => (isRequest(frame.data) ? frame.data : null),
  durable: (request, frame) => (isRequest(frame.data) ? mergeRequest(request, frame.data) : request),
  live: (request, frame) => (isLive(frame.data) ? takeLive(request, frame.data) : request),
};
