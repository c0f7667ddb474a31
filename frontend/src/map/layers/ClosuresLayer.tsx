import type { Feature } from 'geojson';
import { useMemo } from 'react';
import type { LatLon } from '../../api/types';
import { TAG_IMAGE } from '../images';
import { collection, lineFeature } from '../point';
import { useLayers } from '../useLayers';
import { usePick } from '../usePick';
import { colourOf } from './colourOf';

export interface ClosureOnMap {
  id: string;
  kind: 'closed' | 'slow';
  line: LatLon[];
  area: LatLon[];
  label: string;
}

function featureOf({ id, kind, line, area, label }: ClosureOnMap): Feature {
  const properties = { id, kind, label };
  if (line.length > 0) return lineFeature(line, properties);
  const ring = [...area, ...area.slice(0, 1)].map((point) => [point.lon, point.lat]);
  return { type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [ring] } };
}

/** Roads that are closed (barred like a barrier) or slow (dotted), each with its tag. */
export function ClosuresLayer({ closures, onSelect }: { closures: readonly ClosureOnMap[]; onSelect?: (id: string) => void }) {
  const data = useMemo(() => collection(closures.map(featureOf)), [closures]);
  const ink = () => ['match', ['get', 'kind'], 'closed', colourOf('--alert'), colourOf('--amber')] as ['match', ['get', string], string, string, string];
  useLayers(
    'closures',
    [
      { id: 'closure-area', type: 'fill', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': ink(), 'fill-opacity': 0.16 } },
      { id: 'closure-case', type: 'line', layout: { 'line-join': 'round' }, paint: { 'line-color': colourOf('--map-casing'), 'line-width': 7 } },
      { id: 'closure-closed', type: 'line', filter: ['==', ['get', 'kind'], 'closed'], paint: { 'line-color': ink(), 'line-width': 5, 'line-dasharray': [1.6, 0.8] } },
      { id: 'closure-slow', type: 'line', filter: ['==', ['get', 'kind'], 'slow'], layout: { 'line-cap': 'round' }, paint: { 'line-color': ink(), 'line-width': 5, 'line-dasharray': [0.1, 1.6] } },
      {
        id: 'closure-tag',
        type: 'symbol',
        layout: {
          'symbol-placement': 'point',
          'icon-image': TAG_IMAGE,
          'icon-text-fit': 'both',
          'icon-text-fit-padding': [3, 6, 3, 6],
          'text-field': ['get', 'label'],
          'text-font': ['Archivo Medium'],
          'text-size': 11,
          'text-max-width': 30,
        },
        paint: { 'text-color': colourOf('--ink') },
      },
    ],
    data,
  );
  usePick('closure-case', onSelect);
  return null;
}
