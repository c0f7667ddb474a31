import type { ExpressionSpecification, SymbolLayerSpecification } from 'maplibre-gl';
import { useEffect, useMemo, useRef } from 'react';
import type { LatLon, Position, UnitKind, UnitState } from '../../api/types';
import { useStage } from '../context';
import { fanOut } from '../fanOut';
import { Glider, type Fix } from '../glider';
import { HEADING_IMAGE, SELECTED_IMAGE, TAG_IMAGE, unitImage } from '../images';
import { collection, pointFeature } from '../point';
import { setSource, useLayers } from '../useLayers';
import { usePick } from '../usePick';
import { colourOf } from './colourOf';

export interface UnitOnMap {
  id: string;
  label: string;
  kind: UnitKind;
  state: UnitState;
  stale: boolean;
  soc: number;
  position: Position | null;
}

interface Props {
  units: readonly UnitOnMap[];
  selected: string | null;
  /** The way the selected unit drives: its marker follows the road. */
  leg: readonly LatLon[] | null;
  legUnit: string | null;
  scale: number;
  onSelect?: (id: string) => void;
}

const SOURCE = 'units';
const GLIDE_MS = 1000;
const FRAME_MS = 50;
const TAG_PX = 11;

const calm = window.matchMedia('(prefers-reduced-motion: reduce)');
const always = { 'icon-allow-overlap': true, 'icon-ignore-placement': false } as const;

const beside: ExpressionSpecification = ['array', 'number', 2, ['get', 'beside']];

function buildLayers(scale: number): Parameters<typeof useLayers>[1] {
  const tag: NonNullable<SymbolLayerSpecification['layout']> = {
    'icon-image': TAG_IMAGE,
    'icon-text-fit': 'both',
    'icon-text-fit-padding': [1, 3, 1, 3],
    'text-field': ['get', 'label'],
    'text-font': ['Archivo Medium'],
    'text-size': TAG_PX,
    'text-anchor': 'top',
    'text-offset': ['array', 'number', 2, ['get', 'tagAt']],
    'icon-allow-overlap': true,
    'text-allow-overlap': true,
  };
  return [
    { id: 'unit-selected', type: 'symbol', filter: ['get', 'selected'], layout: { 'icon-image': SELECTED_IMAGE, 'icon-size': scale, 'icon-offset': beside, ...always } },
    { id: 'unit-heading', type: 'symbol', filter: ['get', 'travelling'], layout: { 'icon-image': HEADING_IMAGE, 'icon-size': scale, 'icon-rotate': ['get', 'heading'], 'icon-rotation-alignment': 'map', ...always } },
    { id: 'unit-tag', type: 'symbol', filter: ['!=', ['get', 'label'], ''], layout: tag, paint: { 'text-color': colourOf('--ink') } },
    { id: 'unit-mark', type: 'symbol', layout: { 'icon-image': ['get', 'image'], 'icon-size': scale, 'icon-offset': beside, 'symbol-sort-key': ['case', ['get', 'selected'], 1, 0], ...always } },
  ];
}

const toFix = (unit: UnitOnMap): Fix | null =>
  unit.position && { id: unit.id, lat: unit.position.lat, lon: unit.position.lon, at: unit.position.at, still: unit.stale };

/** Units as markers that glide from fix to fix without a render of the page. */
export function UnitsLayer({ units, selected, leg, legUnit, scale, onSelect }: Props) {
  const { map, epoch } = useStage();
  // An epoch is a style of its own, with colours of its own.
  const layers = useMemo(() => [epoch, buildLayers(scale)] as const, [epoch, scale])[1];
  useLayers(SOURCE, layers, null);
  const glider = useRef<Glider | null>(null);

  useEffect(() => {
    glider.current ??= new Glider(calm.matches ? 0 : GLIDE_MS);
    const moves = glider.current;
    const legOf = (id: string) => (id === legUnit ? leg : null);
    moves.take(units.map(toFix).filter((fix) => fix !== null), performance.now(), legOf);
    let frame = 0;
    let lastMs = 0;

    const draw = (nowMs: number) => {
      const still = !moves.isMoving(nowMs);
      if (nowMs - lastMs >= FRAME_MS || still) {
        lastMs = nowMs;
        const places = units.map((unit) => moves.place(unit.id, nowMs, legOf(unit.id)));
        const shifts = fanOut(places);
        const features = units.map((unit, index) => {
          const place = places[index] ?? null;
          const shift = shifts[index] ?? 0;
          return (
            place &&
            pointFeature(place, {
              id: unit.id,
              label: unit.label,
              image: unitImage(unit),
              selected: unit.id === selected,
              beside: [shift, 0],
              tagAt: [(shift * scale) / TAG_PX, (unit.state === 'delivering' ? 2.5 : 2) * scale],
              travelling: unit.state === 'travelling' && !unit.stale,
              heading: unit.position?.heading ?? 0,
            })
          );
        });
        setSource(map, SOURCE, collection(features.filter((feature) => feature !== null)));
      }
      if (!still) frame = requestAnimationFrame(draw);
    };
    frame = requestAnimationFrame(draw);
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [map, epoch, units, selected, leg, legUnit, scale]);

  usePick('unit-mark', onSelect);
  return null;
}
