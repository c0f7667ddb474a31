import type { CrewStop } from '../../api/crewTypes';

/** How far a charge has come by its time: no crew has the car's own word. */
export function chargeShare(stop: CrewStop, nowMs: number): number {
  const [start, end] = [Date.parse(stop.start), Date.parse(stop.end)];
  return end > start ? Math.min(1, Math.max(0, (nowMs - start) / (end - start))) : 0;
}
