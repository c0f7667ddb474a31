import type { LatLon } from '../../api/types';

/** Where the car stands: the nearest street with a name, and the car park, if it is in one. */
export interface Spot extends LatLon {
  street: string | null;
  site: { id: string; name: string } | null;
}
