import type { ChargeRequest } from '../../api/driverTypes';

export interface ChargeNow {
  soc: number;
  startSoc: number;
  /** Of the energy asked, 0..1. */
  share: number;
  energyKwh: number;
  /** Whether the car or the meter said so, or it is reckoned from the time that has gone. */
  read: boolean;
}

const within = (value: number): number => Math.min(1, Math.max(0, value));

function timeShare(startedAt: string, expectedEnd: string | null, nowMs: number): number {
  if (!expectedEnd) return 0;
  const [start, end] = [Date.parse(startedAt), Date.parse(expectedEnd)];
  return end > start ? within((nowMs - start) / (end - start)) : 0;
}

/** How full the car is: as read; else from the meter; else as far as the time has come. */
export function chargeNow(request: ChargeRequest, nowMs: number): ChargeNow | null {
  const { session } = request;
  if (!session) return null;
  const startSoc = session.soc_start ?? request.soc_from;
  const asked = request.energy_kwh * 1000;
  const metered = session.energy_wh > 0;
  const share = metered ? within(session.energy_wh / asked) : timeShare(session.started_at, session.expected_end, nowMs);
  const soc = session.soc ?? startSoc + (request.soc_after - startSoc) * share;
  return { soc, startSoc, share, energyKwh: (asked * share) / 1000, read: session.soc !== null || metered };
}
