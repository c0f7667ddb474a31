import type { CrewStop } from '../../api/crewTypes';

export interface ShiftStops {
  own: readonly CrewStop[];
  /** The same unit's next shift, often somebody else's. */
  later: readonly CrewStop[];
}

/** A unit's stops run on into its next shift; the shift under way ends where its route does. */
export function splitAtShiftEnd(stops: readonly CrewStop[]): ShiftStops {
  const end = stops.findIndex((stop) => stop.kind === 'hold') + 1;
  return end === 0 ? { own: stops, later: [] } : { own: stops.slice(0, end), later: stops.slice(end) };
}

/** What there is to drive to: cars and plugs. */
export const countVisits = (stops: readonly CrewStop[]): number => stops.filter((stop) => stop.kind === 'serve' || stop.kind === 'recharge').length;
