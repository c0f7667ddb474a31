import type { MapLayerMouseEvent } from 'maplibre-gl';
import { useEffect } from 'react';
import { useStage } from './context';

/** Tells which thing of a layer was clicked; the pointer says that it can be. */
export function usePick(layer: string, onSelect: ((id: string) => void) | undefined): void {
  const { map } = useStage();
  useEffect(() => {
    if (!onSelect) return undefined;
    const pick = (event: MapLayerMouseEvent) => {
      const id: unknown = event.features?.[0]?.properties['id'];
      if (typeof id === 'string') onSelect(id);
    };
    const pointer = (cursor: string) => () => {
      map.getCanvas().style.cursor = cursor;
    };
    const [enter, leave] = [pointer('pointer'), pointer('')];
    map.on('click', layer, pick);
    map.on('mouseenter', layer, enter);
    map.on('mouseleave', layer, leave);
    return () => {
      map.off('click', layer, pick);
      map.off('mouseenter', layer, enter);
      map.off('mouseleave', layer, leave);
    };
  }, [map, layer, onSelect]);
}
