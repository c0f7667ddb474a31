import { useMemo } from 'react';
import type { ChargeRequest } from '../../api/driverTypes';
import type { Config, LatLon } from '../../api/types';
import { useTrack } from '../../data/track';
import { common } from '../../i18n/common';
import { FitView } from '../../map/FitView';
import { locate, pathFrom } from '../../map/geometry';
import { PinLayer } from '../../map/layers/PinLayer';
import { RouteLayer, type RoutePart } from '../../map/layers/RouteLayer';
import { UnitsLayer, type UnitOnMap } from '../../map/layers/UnitsLayer';
import { MapStage } from '../../map/MapStage';
import { usePrevious } from '../../map/usePrevious';
import { decodePolyline } from '../../map/polyline';
import { useTheme } from '../../ui/theme';

const PADDING = { top: 120, right: 60, bottom: 60, left: 60 };
const NEAR_ZOOM = 16;

/** What was driven lies behind the unit, what is left before it. */
function splitLeg(leg: readonly LatLon[], place: LatLon | null): RoutePart[] {
  if (leg.length < 2) return [];
  const found = place && locate(leg, place);
  return [
    { path: [...leg], look: 'past' },
    { path: found ? pathFrom(leg, found.along) : [...leg], look: 'now' },
  ];
}

/** A driver sees one unit: theirs, and only on its way. */
export default function FollowMap({ config, request }: { config: Config; request: ChargeRequest }) {
  const theme = useTheme();
  const onTheWay = request.status === 'en_route';
  const encoded = useTrack(request.id, onTheWay).data;
  const leg = useMemo(() => (onTheWay && encoded ? decodePolyline(encoded) : []), [encoded, onTheWay]);
  const { unit, location } = request;
  const place = onTheWay ? (unit?.position ?? null) : null;
  const from = usePrevious(place);
  // The line begins where the marker glides from, not where it glides to.
  const parts = useMemo(() => splitLeg(leg, from), [leg, from]);
  const units = useMemo(
    (): UnitOnMap[] =>
      unit && place ? [{ id: unit.id, label: '', kind: unit.kind, state: 'travelling', stale: false, soc: unit.soc, position: place }] : [],
    [unit, place],
  );
  const inView = place ? [location, place, ...leg] : [location];
  return (
    <MapStage area={{ ...config.area, center: location }} basemapUrl={config.basemap_url} theme={theme} label={common.mapLabel} zoom={NEAR_ZOOM}>
      <RouteLayer parts={parts} />
      <PinLayer place={location} />
      <UnitsLayer units={units} selected={null} leg={leg.length > 1 ? leg : null} legUnit={unit?.id ?? null} scale={1} />
      <FitView points={inView} when={`${request.status} ${String(place !== null)} ${String(leg.length > 1)}`} padding={PADDING} maxZoom={NEAR_ZOOM} />
    </MapStage>
  );
}
