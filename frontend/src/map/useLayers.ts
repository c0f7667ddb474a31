import type { FeatureCollection, GeoJSON } from 'geojson';
import type { GeoJSONSource, LayerSpecification, Map as MapLibreMap } from 'maplibre-gl';
import { useEffect, useRef } from 'react';
import { useStage } from './context';

/** A layer over the hook's own source. */
type OwnLayer = LayerSpecification extends infer L ? (L extends { source: string } ? Omit<L, 'source'> : never) : never;

const empty: FeatureCollection = { type: 'FeatureCollection', features: [] };

export function setSource(map: MapLibreMap, id: string, data: GeoJSON): void {
  const source = map.getSource<GeoJSONSource>(id);
  if (source) void source.setData(data);
}

/** Keeps one GeoJSON source and its layers on the map; layers lie in the order the components stand. */
export function useLayers(id: string, layers: readonly OwnLayer[], data: FeatureCollection | null): void {
  const { map, epoch } = useStage();
  const specs = useRef(layers);
  const latest = useRef(data);

  // Colours are read anew when the theme changes, so the layers laid next are the latest drawn.
  useEffect(() => {
    specs.current = layers;
  });

  useEffect(() => {
    map.addSource(id, { type: 'geojson', data: latest.current ?? empty });
    const added = specs.current.map((layer) => {
      map.addLayer({ ...layer, source: id } as LayerSpecification);
      return layer.id;
    });
    return () => {
      // A new style has thrown them away already.
      for (const layer of added) if (map.getLayer(layer)) map.removeLayer(layer);
      if (map.getSource(id)) map.removeSource(id);
    };
  }, [map, epoch, id]);

  useEffect(() => {
    latest.current = data;
    if (data) setSource(map, id, data);
  }, [map, epoch, id, data]);
}
