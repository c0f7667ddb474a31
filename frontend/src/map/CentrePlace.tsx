import type { Map as MapLibreMap } from 'maplibre-gl';
import { useEffect } from 'react';
import type { LatLon } from '../api/types';
import { useStage } from './context';

interface Props {
  /** Where the page wants the middle to be; null leaves it to the reader's hand. */
  go: LatLon | null;
  onPlace: (place: LatLon, street: string | null) => void;
}

const NEAR_PX = 60;

/** The middle lies this much lower than the map's own: what floats at the top takes its share, more of it on a low screen. */
const LOWER_PX = 36;
const LOWER_ON_LOW_PX = 62;
const low = window.matchMedia('(max-height: 700px) and (max-width: 819px)');

/** The nearest street with a name, looked for in widening squares. */
function findStreet(map: MapLibreMap): string | null {
  const { x, y } = map.project(map.getCenter());
  const layers = ['road', 'road-main', 'road-label'].filter((id) => map.getLayer(id));
  for (let reach = NEAR_PX / 4; reach <= NEAR_PX; reach *= 2) {
    const box: [[number, number], [number, number]] = [
      [x - reach, y - reach],
      [x + reach, y + reach],
    ];
    const names = map.queryRenderedFeatures(box, { layers }).map((road): unknown => road.properties['name']);
    const name = names.find((value): value is string => typeof value === 'string' && value !== '');
    if (name) return name;
  }
  return null;
}

/** Tells the place in the middle of the map when the reader has moved it. */
export function CentrePlace({ go, onPlace }: Props) {
  const { map } = useStage();
  const [lat, lon] = [go?.lat, go?.lon];

  useEffect(() => {
    if (lat !== undefined && lon !== undefined) map.easeTo({ center: [lon, lat] });
  }, [map, lat, lon]);

  useEffect(() => {
    const lower = () => {
      map.setPadding({ top: 2 * (low.matches ? LOWER_ON_LOW_PX : LOWER_PX), right: 0, bottom: 0, left: 0 });
    };
    lower();
    low.addEventListener('change', lower);
    return () => {
      low.removeEventListener('change', lower);
    };
  }, [map]);

  useEffect(() => {
    const tell = () => {
      const { lat: north, lng: east } = map.getCenter();
      onPlace({ lat: north, lon: east }, findStreet(map));
    };
    // A move by the page itself is no news to the page.
    const moved = (event: { originalEvent?: unknown }) => {
      if (event.originalEvent) tell();
    };
    map.on('moveend', moved);
    if (lat === undefined) map.once('idle', tell);
    return () => {
      map.off('moveend', moved);
      map.off('idle', tell);
    };
  }, [map, onPlace, lat]);
  return null;
}
