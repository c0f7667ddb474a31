import type { Feature, FeatureCollection } from 'geojson';
import type { LatLon } from '../api/types';

type Properties = Record<string, string | number | boolean | null | readonly number[]>;

export function pointFeature(place: LatLon, properties: Properties): Feature {
  return { type: 'Feature', properties, geometry: { type: 'Point', coordinates: [place.lon, place.lat] } };
}

export function lineFeature(path: readonly LatLon[], properties: Properties = {}): Feature {
  return {
    type: 'Feature',
    properties,
    geometry: { type: 'LineString', coordinates: path.map((point) => [point.lon, point.lat]) },
  };
}

export const collection = (features: Feature[]): FeatureCollection => ({
  type: 'FeatureCollection',
  features,
});
