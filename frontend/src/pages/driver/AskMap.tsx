import { useCallback } from 'react';
import type { Config, LatLon } from '../../api/types';
import { common } from '../../i18n/common';
import { CentrePlace } from '../../map/CentrePlace';
import { MapStage } from '../../map/MapStage';
import { useTheme } from '../../ui/theme';
import type { Spot } from './spot';

/** The map under the pin. */
export default function AskMap({ config, start, onSpot }: { config: Config; start: LatLon | null; onSpot: (spot: Spot) => void }) {
  const theme = useTheme();
  const tell = useCallback(
    (place: LatLon, street: string | null) => {
      onSpot({ ...place, street });
    },
    [onSpot],
  );
  const area = start ? { ...config.area, center: start } : config.area;
  return (
    <MapStage area={area} basemapUrl={config.basemap_url} theme={theme} label={common.mapLabel} zoom={16}>
      <CentrePlace onPlace={tell} />
    </MapStage>
  );
}
