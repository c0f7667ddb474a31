import { useMemo } from 'react';
import type { LatLon } from '../../api/types';
import { collection, lineFeature, pointFeature } from '../point';
import { useLayers } from '../useLayers';
import { colourOf } from './colourOf';

/** What is being drawn: the places clicked so far, joined; an outline is closed from its third place on. */
export function DraftLayer({ spots, closed }: { spots: readonly LatLon[]; closed: boolean }) {
  const data = useMemo(() => {
    const ring = closed && spots.length > 2 ? [...spots, ...spots.slice(0, 1)] : [...spots];
    return collection([...(ring.length > 1 ? [lineFeature(ring)] : []), ...spots.map((spot) => pointFeature(spot, {}))]);
  }, [spots, closed]);
  useLayers(
    'draft',
    [
      { id: 'draft-line', type: 'line', filter: ['==', ['geometry-type'], 'LineString'], paint: { 'line-color': colourOf('--ink'), 'line-width': 2, 'line-dasharray': [2, 1.5] } },
      {
        id: 'draft-spot',
        type: 'circle',
        filter: ['==', ['geometry-type'], 'Point'],
        paint: { 'circle-radius': 5, 'circle-color': colourOf('--surface'), 'circle-stroke-color': colourOf('--ink'), 'circle-stroke-width': 2 },
      },
    ],
    data,
  );
  return null;
}
