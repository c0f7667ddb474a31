import { useEffect } from 'react';
import type { LatLon } from '../api/types';
import { useStage } from './context';

interface Props {
  /** Free part of the map: the pin stands in its middle. */
  bottom: number;
  onPlace: (place: LatLon, street: string | null) => void;
}

const NEAR_PX = 48;

/** Tells the place under the middle of the free part of the map, and the nearest street that has a name. */
export function CentrePlace({ bottom, onPlace }: Props) {
  const { map } = useStage();
  useEffect(() => {
    map.setPadding({ top: 0, left: 0, right: 0, bottom });
  }, [map, bottom]);

  useEffect(() => {
    const tell = () => {
      const centre = map.getCenter();
      const { x, y } = map.project(centre);
      const roads = map.queryRenderedFeatures(
        [
          [x - NEAR_PX, y - NEAR_PX],
          [x + NEAR_PX, y + NEAR_PX],
        ],
        { layers: ['road', 'road-main', 'road-label'].filter((id) => map.getLayer(id)) },
      );
      const name: unknown = roads.map((road) => road.properties['name'] as unknown).find((value) => typeof value === 'string' && value);
      onPlace({ lat: centre.lat, lon: centre.lng }, typeof name === 'string' ? name : null);
    };
    map.on('moveend', tell);
    map.on('idle', tell);
    return () => {
      map.off('moveend', tell);
      map.off('idle', tell);
    };
  }, [map, onPlace]);
  return null;
}
