import type { MapMouseEvent } from 'maplibre-gl';
import { useEffect } from 'react';
import type { LatLon } from '../api/types';
import { useStage } from './context';

/** Tells where the map is clicked, as long as somebody listens. */
export function useClicks(onClick: ((place: LatLon) => void) | null): void {
  const { map } = useStage();
  useEffect(() => {
    if (!onClick) return undefined;
    const click = ({ lngLat }: MapMouseEvent) => {
      onClick({ lat: lngLat.lat, lon: lngLat.lng });
    };
    map.on('click', click);
    map.doubleClickZoom.disable();
    map.getCanvas().style.cursor = 'crosshair';
    return () => {
      map.off('click', click);
      map.doubleClickZoom.enable();
      map.getCanvas().style.cursor = '';
    };
  }, [map, onClick]);
}
