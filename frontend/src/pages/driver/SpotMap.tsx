import type { Config, LatLon } from '../../api/types';
import { common } from '../../i18n/common';
import { PinLayer } from '../../map/layers/PinLayer';
import { MapStage } from '../../map/MapStage';
import { useTheme } from '../../ui/theme';

/** Where the car stands, to be seen while something else is decided. */
export default function SpotMap({ config, place }: { config: Config; place: LatLon }) {
  const theme = useTheme();
  return (
    <MapStage area={{ ...config.area, center: place }} basemapUrl={config.basemap_url} theme={theme} label={common.mapLabel} zoom={16}>
      <PinLayer place={place} />
    </MapStage>
  );
}
