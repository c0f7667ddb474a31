import type { Map as MapLibreMap } from 'maplibre-gl';
import { createContext, useContext } from 'react';

export interface Stage {
  map: MapLibreMap;
  /** Grows when the style was laid anew: sources and layers must be added again. */
  epoch: number;
}

export const StageContext = createContext<Stage | null>(null);

export function useStage(): Stage {
  const stage = useContext(StageContext);
  if (!stage) throw new Error('a map layer stands outside a map');
  return stage;
}
