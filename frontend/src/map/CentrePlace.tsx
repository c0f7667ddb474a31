import { useEffect } from 'react';
import type { LatLon } from '../api/types';
import { useStage } from './context';

interface Props {
  onPlace: (place: LatLon, street: string | null) => void;
}

const NEAR_PX = 60;

/** Tells the place in the middle of the map, and the nearest street that has a name. */
export function CentrePlace({ onPlace }: Props) {
  const { map } = useStage();
  useEffect(() => {
    const tell = () => {
      const centre = map.getCenter();
      const { x, y } = map.project(centre);
      const layers = ['road', 'road-main', 'road-label'].filter((id) => map.getLayer(id));
      let name: string | null = null;
      for (let reach = NEAR_PX / 4; reach <= NEAR_PX && !name; reach *= 2) {
        const box: [[number, number], [number, number]] = [
          [x - reach, y - reach],
          [x + reach, y + reach],
        ];
        const names = map.queryRenderedFeatures(box, { layers }).map((road): unknown => road.properties['name']);
        name = names.find((value): value is string => typeof value === 'string' && value !== '') ?? null;
      }
      onPlace({ lat: centre.lat, lon: centre.lng }, name);
    };
    map.on('moveend', tell);
    map.once('idle', tell);
    return () => {
      map.off('moveend', tell);
      map.off('idle', tell);
    };
  }, [map, onPlace]);
  return null;
}
