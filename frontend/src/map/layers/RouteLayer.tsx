import { useMemo } from 'react';
import type { LatLon } from '../../api/types';
import { collection, lineFeature } from '../point';
import { useLayers } from '../useLayers';
import { colourOf } from './colourOf';

export interface RoutePart {
  path: LatLon[];
  /** Being driven now, still to come (dashed), or on foot (dots of ink). */
  look: 'now' | 'later' | 'past';
}

const round = { 'line-cap': 'round', 'line-join': 'round' } as const;

/** The way of one unit: casing, the part under way, later legs, and what was driven. */
export function RouteLayer({ parts }: { parts: readonly RoutePart[] }) {
  const data = useMemo(
    () => collection(parts.filter((part) => part.path.length > 1).map((part) => lineFeature(part.path, { look: part.look }))),
    [parts],
  );
  useLayers(
    'route',
    [
      { id: 'route-later', type: 'line', filter: ['==', ['get', 'look'], 'later'], layout: { 'line-join': 'round' }, paint: { 'line-color': colourOf('--route'), 'line-width': 2, 'line-dasharray': [2.5, 2] } },
      { id: 'route-past', type: 'line', filter: ['==', ['get', 'look'], 'past'], layout: round, paint: { 'line-color': colourOf('--route-past'), 'line-width': 3, 'line-dasharray': [0.1, 2.2] } },
      { id: 'route-case', type: 'line', filter: ['==', ['get', 'look'], 'now'], layout: round, paint: { 'line-color': colourOf('--map-casing'), 'line-width': 8 } },
      { id: 'route-now', type: 'line', filter: ['==', ['get', 'look'], 'now'], layout: round, paint: { 'line-color': colourOf('--route'), 'line-width': 5 } },
    ],
    data,
  );
  return null;
}
