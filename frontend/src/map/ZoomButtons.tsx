import type { LatLon } from '../api/types';
import { Icon } from '../ui/Icon';
import { useStage } from './context';

const PADDING = 80;

/** Nearer, farther, and everything at once. */
export function ZoomButtons({ home, labels }: { home: readonly LatLon[]; labels: { home: string; nearer: string; farther: string } }) {
  const { map } = useStage();
  const fit = () => {
    const lons = home.map((point) => point.lon);
    const lats = home.map((point) => point.lat);
    if (home.length === 0) return;
    map.fitBounds([Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)], { padding: PADDING, maxZoom: 15 });
  };
  return (
    <div className="map-zoom">
      <button type="button" aria-label={labels.nearer} title={labels.nearer} onClick={() => void map.zoomIn()}>
        <Icon name="plus" />
      </button>
      <button type="button" aria-label={labels.farther} title={labels.farther} onClick={() => void map.zoomOut()}>
        <Icon name="minus" />
      </button>
      <button type="button" aria-label={labels.home} title={labels.home} onClick={fit}>
        <Icon name="here" />
      </button>
    </div>
  );
}
