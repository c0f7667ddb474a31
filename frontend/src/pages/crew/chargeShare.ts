import type { CrewDay, CrewStop } from '../../api/crewTypes';

export type Flow = NonNullable<NonNullable<CrewDay['unit']>['charge']>;

/** How far a charge has come by its time, where the charger tells nothing. */
export function chargeShare(stop: CrewStop, nowMs: number): number {
  const [start, end] = [Date.parse(stop.start), Date.parse(stop.end)];
  return end > start ? Math.min(1, Math.max(0, (nowMs - start) / (end - start))) : 0;
}

export interface ChargeNow {
  soc: number;
  deliveredKwh: number;
  leftS: number;
  powerKw: number | null;
}

/** What the car has by now: as the charger reads it, else reckoned from the time. */
export function chargeNow(stop: CrewStop, flow: Flow | null, nowMs: number): ChargeNow {
  const [from, to] = [stop.charge?.soc ?? 0, stop.charge?.target_soc ?? 1];
  const asked = stop.energy_kwh;
  const told = flow?.energy_kwh ?? (stop.session?.ended ? stop.session.delivered_kwh : null);
  const share = told === null ? chargeShare(stop, nowMs) : asked > 0 ? Math.min(1, told / asked) : 0;
  const endMs = Date.parse(flow?.ends_at ?? stop.end);
  return {
    soc: flow?.soc ?? from + (to - from) * share,
    deliveredKwh: told ?? asked * share,
    leftS: stop.session?.ended ? 0 : Math.max(0, (endMs - nowMs) / 1000),
    powerKw: flow?.power_w === undefined || flow.power_w === null ? null : flow.power_w / 1000,
  };
}

/** Who ends this charge: the charger when told, nobody any more, or the crew by hand. */
export type Ending = 'told' | 'ended' | 'by-hand';

export function endingOf(stop: CrewStop, flow: Flow | null, isLost: boolean): Ending {
  if (stop.session?.ended) return 'ended';
  return flow && !isLost ? 'told' : 'by-hand';
}
