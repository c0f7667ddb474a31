import type { LatLon } from '../api/types';

/** Units standing on one spot are told apart by drawing them side by side, this far from one another. */
const STEP_PX = 40;
/** About ten metres. */
const SPOT_DEGREES = 1e-4;

const spotOf = (place: LatLon): string => `${String(Math.round(place.lat / SPOT_DEGREES))} ${String(Math.round(place.lon / SPOT_DEGREES))}`;

/** Pixels to the right for each place, so that no two of one spot are drawn over one another. */
export function fanOut(places: readonly (LatLon | null)[]): number[] {
  const bySpot = new Map<string, number[]>();
  places.forEach((place, index) => {
    if (place) bySpot.set(spotOf(place), [...(bySpot.get(spotOf(place)) ?? []), index]);
  });
  const shifts = places.map(() => 0);
  for (const group of bySpot.values()) {
    group.forEach((index, order) => {
      shifts[index] = (order - (group.length - 1) / 2) * STEP_PX;
    });
  }
  return shifts;
}
