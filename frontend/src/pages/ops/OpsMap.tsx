import { useMemo, useState } from 'react';
import type { Board, RequestView } from '../../api/opsTypes';
import type { Config, LatLon } from '../../api/types';
import { ago } from '../../format/ago';
import { common } from '../../i18n/common';
import { text } from '../../i18n/ops';
import { worldNowMs } from '../../live/worldClock';
import { useUnit } from '../../data/unit';
import { locate, pathFrom } from '../../map/geometry';
import { DepotsLayer } from '../../map/layers/DepotsLayer';
import { RequestsLayer } from '../../map/layers/RequestsLayer';
import { RouteLayer, type RoutePart } from '../../map/layers/RouteLayer';
import { UnitsLayer } from '../../map/layers/UnitsLayer';
import { FitView } from '../../map/FitView';
import { MapStage } from '../../map/MapStage';
import { usePrevious } from '../../map/usePrevious';
import { useSteady } from '../../map/useSteady';
import { ZoomButtons } from '../../map/ZoomButtons';
import { decodePolyline } from '../../map/polyline';
import { useTheme } from '../../ui/theme';
import { factsOf } from './boardIndex';
import { RoadsTool } from './RoadsTool';
import type { Selection } from './selection';

interface Props {
  board: Board;
  config: Config;
  selection: Selection;
  /** The unit that a visit is carried over: its way is shown. */
  target: string | null;
  onUnit: (id: string) => void;
  onRequest: (id: string) => void;
}

const SCALE = 0.78;
const PADDING = { top: 70, right: 70, bottom: 70, left: 70 };
const FINISHED_SHOWN_MS = 30 * 60_000;

/** The ways of a unit's stops: the one under way starts where the unit is. */
function useRoute(board: Board, unitId: string | null): { parts: RoutePart[]; leg: LatLon[] | null } {
  const stops = board.routes.find((route) => route.unit === unitId)?.stops;
  const version = `${String(board.plan.version)} ${stops?.map((stop) => `${stop.id}${stop.state}`).join() ?? ''}`;
  const detail = useUnit(unitId, version).data;
  const unit = board.units.find((one) => one.id === unitId);
  const place = usePrevious(unit?.position);
  const travelling = unit?.state === 'travelling';
  const legs = useMemo(() => (detail?.legs ?? []).map(({ leg }) => (leg ? decodePolyline(leg) : [])).filter((path) => path.length > 1), [detail]);
  const leg = travelling ? (legs[0] ?? null) : null;
  const parts = useMemo(
    () =>
      legs.flatMap((path, index): RoutePart[] => {
        if (!travelling || index > 0) return [{ path, look: 'later' }];
        const found = place && locate(path, place);
        const ahead = found ? pathFrom(path, found.along) : path;
        return [
          { path, look: 'past' },
          { path: ahead, look: 'now' },
        ];
      }),
    [legs, travelling, place],
  );
  return { parts, leg };
}

const onMap = (request: RequestView) => ({
  id: request.id,
  location: request.location,
  shape: factsOf(request).shape,
  lat: request.location.lat,
  lon: request.location.lon,
});

/** The stage: everything that moves or waits. */
export default function OpsMap({ board, config, selection, target, onUnit, onRequest }: Props) {
  const theme = useTheme();
  // Who draws on the map picks nothing from it.
  const [drawing, setDrawing] = useState(false);
  const chosen = board.requests.find((request) => request.id === selection?.id);
  const routeUnit = target ?? (selection?.kind === 'unit' ? selection.id : (chosen?.unit ?? null));
  const { parts, leg } = useRoute(board, routeUnit);

  const units = useMemo(
    () =>
      board.units
        .filter((unit) => unit.state !== 'off_duty' || unit.id === routeUnit)
        .map((unit) => ({
          ...unit,
          label: unit.stale && unit.position ? `${unit.name} · ${ago(worldNowMs() - Date.parse(unit.position.at))}` : unit.name,
          fixAt: unit.position?.at ?? null,
        })),
    [board.units, routeUnit],
  );
  const requests = useMemo(
    () =>
      board.requests
        .filter((request) => factsOf(request).shape !== 'done' || worldNowMs() - Date.parse(request.ended_at ?? request.created_at) < FINISHED_SHOWN_MS)
        .map(onMap),
    [board.requests],
  );
  const steadyRequests = useSteady(requests, ['id', 'shape', 'lat', 'lon']);
  const steadyUnits = useSteady(units, ['id', 'label', 'kind', 'state', 'stale', 'soc', 'fixAt']);
  const depots = useMemo(
    () =>
      board.depots.map((depot) => ({
        ...depot,
        label: text.freePlugs(depot.name, depot.plugs.filter((plug) => !plug.unit).length, depot.plugs.length),
      })),
    [board.depots],
  );
  const everything = [...board.depots, ...board.units.flatMap((unit) => unit.position ?? [])];
  const place = board.units.find((unit) => unit.id === routeUnit)?.position;
  const inView = selection ? [chosen?.location, place].filter((point) => point !== undefined && point !== null) : everything;

  return (
    <MapStage area={config.area} basemapUrl={config.basemap_url} theme={theme} label={common.mapLabel} zoom={13}>
      <RoadsTool closures={board.closures} zone={board.area.time_zone} open={drawing} onOpen={setDrawing} />
      <RouteLayer parts={parts} />
      <DepotsLayer depots={depots} />
      <RequestsLayer requests={steadyRequests} selected={selection?.kind === 'request' ? selection.id : null} {...(drawing ? {} : { onSelect: onRequest })} />
      <UnitsLayer
        units={steadyUnits}
        selected={target ?? (selection?.kind === 'unit' ? selection.id : null)}
        leg={leg}
        legUnit={routeUnit}
        scale={SCALE}
        {...(drawing ? {} : { onSelect: onUnit })}
      />
      <FitView points={everything} when="start" padding={PADDING} maxZoom={14.5} />
      <ZoomButtons home={inView} labels={{ home: text.allOf, nearer: text.nearer, farther: text.farther }} />
    </MapStage>
  );
}
