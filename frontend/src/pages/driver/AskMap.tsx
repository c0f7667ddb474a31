import { useCallback } from 'react';
import type { Config, LatLon } from '../../api/types';
import { common } from '../../i18n/common';
import { CentrePlace } from '../../map/CentrePlace';
import { MapStage } from '../../map/MapStage';
import { useTheme } from '../../ui/theme';
import type { Spot } from './spot';

interface Props {
  config: Config;
  spot: Spot | null;
  onSpot: (spot: Spot) => void;
}

/** The map under the pin. */
export default function AskMap({ config, spot, onSpot }: Props) {
  const theme = useTheme();
  const tell = useCallback(
    (place: LatLon, street: string | null) => {
      onSpot({ ...place, street, site: null, chosen: false });
    },
    [onSpot],
  );
  const area = spot ? { ...config.area, center: { lat: spot.lat, lon: spot.lon } } : config.area;
  return (
    <MapStage area={area} basemapUrl={config.basemap_url} theme={theme} label={common.mapLabel} zoom={16}>
      <CentrePlace go={spot?.chosen ? spot : null} onPlace={tell} />
    </MapStage>
  );
}
