import type { LatLon } from '../../api/types';

/** Where the car stands, and the nearest street with a name. */
export interface Spot extends LatLon {
  street: string | null;
}
