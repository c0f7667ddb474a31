import { useMemo } from 'react';
import type { LatLon } from '../../api/types';
import { TAG_IMAGE } from '../images';
import { collection, pointFeature } from '../point';
import { useLayers } from '../useLayers';
import { colourOf } from './colourOf';

export interface DepotOnMap extends LatLon {
  id: string;
  label: string;
}

/** A white tag with the depot's name and its free plugs. */
export function DepotsLayer({ depots }: { depots: readonly DepotOnMap[] }) {
  const data = useMemo(() => collection(depots.map((depot) => pointFeature(depot, { id: depot.id, label: depot.label }))), [depots]);
  useLayers(
    'depots',
    [
      {
        id: 'depot-tag',
        type: 'symbol',
        layout: {
          'icon-image': TAG_IMAGE,
          'icon-text-fit': 'both',
          'icon-text-fit-padding': [3, 6, 3, 6],
          'icon-allow-overlap': true,
          'text-field': ['get', 'label'],
          'text-font': ['Archivo Medium'],
          'text-size': 11,
          'text-allow-overlap': true,
          'text-max-width': 30,
          'text-anchor': 'bottom',
          'text-offset': [0, -1.6],
        },
        paint: { 'text-color': colourOf('--ink') },
      },
    ],
    data,
  );
  return null;
}
