import { useMemo } from 'react';
import type { LatLon } from '../../api/types';
import { PIN_IMAGE } from '../images';
import { collection, pointFeature } from '../point';
import { useLayers } from '../useLayers';

/** The driver's car. */
export function PinLayer({ place }: { place: LatLon | null }) {
  const data = useMemo(() => collection(place ? [pointFeature(place, {})] : []), [place]);
  useLayers('pin', [{ id: 'pin-mark', type: 'symbol', layout: { 'icon-image': PIN_IMAGE, 'icon-allow-overlap': true } }], data);
  return null;
}
