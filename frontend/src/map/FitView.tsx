import { useEffect } from 'react';
import type { LatLon } from '../api/types';
import { useStage } from './context';

interface Props {
  points: readonly LatLon[];
  /** The view moves when this changes, not with every fix. */
  when: string;
  padding: { top: number; right: number; bottom: number; left: number };
  maxZoom?: number;
}

/** Brings points into the free part of the map. */
export function FitView({ points, when, padding, maxZoom = 15.5 }: Props) {
  const { map } = useStage();
  useEffect(() => {
    const lons = points.map((point) => point.lon);
    const lats = points.map((point) => point.lat);
    if (points.length === 0) return;
    map.fitBounds([Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)], { padding, maxZoom, duration: 400 });
    // Only `when` decides: the points move all the time.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [map, when]);
  return null;
}
