import type { LatLon } from '../../api/types';

/** Where the car stands: the place by its name, and the car park, if it is in one. */
export interface Spot extends LatLon {
  street: string | null;
  site: { id: string; name: string } | null;
  /** Chosen from a list: the map goes there. Else it was the map that said so. */
  chosen: boolean;
}
