import { useMemo } from 'react';
import type { LatLon } from '../../api/types';
import { DEPOT_IMAGE, TAG_IMAGE } from '../images';
import { collection, pointFeature } from '../point';
import { useLayers } from '../useLayers';
import { colourOf } from './colourOf';

export interface DepotOnMap extends LatLon {
  id: string;
  label: string;
}

/** Where a depot is, always; its tag with name and free plugs where there is room beside units and other tags. */
export function DepotsLayer({ depots }: { depots: readonly DepotOnMap[] }) {
  const data = useMemo(() => collection(depots.map((depot) => pointFeature(depot, { id: depot.id, label: depot.label }))), [depots]);
  useLayers(
    'depots',
    [
      { id: 'depot-mark', type: 'symbol', layout: { 'icon-image': DEPOT_IMAGE, 'icon-allow-overlap': true, 'icon-ignore-placement': true } },
      {
        id: 'depot-tag',
        type: 'symbol',
        layout: {
          'icon-image': TAG_IMAGE,
          'icon-text-fit': 'both',
          'icon-text-fit-padding': [3, 6, 3, 6],
          'text-field': ['get', 'label'],
          'text-font': ['Archivo Medium'],
          'text-size': 11,
          'text-max-width': 30,
          'text-variable-anchor': ['bottom', 'right', 'left', 'top'],
          'text-radial-offset': 1.8,
          'text-justify': 'auto',
        },
        paint: { 'text-color': colourOf('--ink') },
      },
    ],
    data,
  );
  return null;
}
