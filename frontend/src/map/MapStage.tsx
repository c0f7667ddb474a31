import 'maplibre-gl/dist/maplibre-gl.css';
import { Map as MapLibreMap } from 'maplibre-gl';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { Area } from '../api/types';
import { common } from '../i18n/common';
import { buildStyle } from './basemap';
import { StageContext } from './context';
import { startEngine } from './engine';
import { loadMapFonts } from './fonts';
import { drawImagesOnDemand } from './images';
import './mapStage.css';

interface Props {
  area: Area;
  basemapUrl: string;
  theme: 'light' | 'dark';
  label: string;
  zoom?: number;
  children?: ReactNode;
}

/** How far out of the area the map may be dragged, in degrees. */
const MARGIN = 0.02;

function createMap(container: HTMLElement, props: Props): MapLibreMap {
  const { area } = props;
  const [west, south, east, north] = area.bounds;
  return new MapLibreMap({
      locale: { 'Map.Title': props.label },
    container,
    style: buildStyle(props.theme, props.basemapUrl),
    center: [area.center.lon, area.center.lat],
    zoom: props.zoom ?? 13.5,
    minZoom: 10.5,
    maxZoom: 18.5,
    maxBounds: [west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN],
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: 120,
  });
}

/** The map; its children add layers to it and draw nothing themselves. */
export function MapStage(props: Props) {
  const { theme, basemapUrl, label, children } = props;
  const container = useRef<HTMLDivElement>(null);
  const first = useRef(props);
  const [map, setMap] = useState<MapLibreMap | null>(null);
  const [epoch, setEpoch] = useState(0);
  const shown = useRef(theme);

  useEffect(() => {
    let gone = false;
    let made: MapLibreMap | null = null;
    startEngine();
    void loadMapFonts().then(() => {
      if (gone || !container.current) return;
      made = createMap(container.current, first.current);
      made.touchZoomRotate.disableRotation();
      drawImagesOnDemand(made);
      const fresh = made;
      made.on('style.load', () => {
        setMap(fresh);
        setEpoch((count) => count + 1);
      });
    });
    return () => {
      gone = true;
      setMap(null);
      made?.remove();
    };
  }, []);

  useEffect(() => {
    if (!map || shown.current === theme) return;
    shown.current = theme;
    map.setStyle(buildStyle(theme, basemapUrl), { diff: false });
  }, [map, theme, basemapUrl]);

  const stage = useMemo(() => (map && epoch > 0 ? { map, epoch } : null), [map, epoch]);
  return (
    <div className="map-stage">
      <div ref={container} className="map-canvas" role="region" aria-label={label} />
      {stage && <StageContext value={stage}>{children}</StageContext>}
      <span className="map-credit">{common.mapCredit}</span>
    </div>
  );
}
