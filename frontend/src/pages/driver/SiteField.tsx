import { useSites, type Site } from '../../data/sites';
import { decimal } from '../../format/decimal';
import { text } from '../../i18n/driver';
import type { LatLon } from '../../api/types';
import { Icon } from '../../ui/Icon';
import type { Spot } from './spot';

const METRES_PER_DEGREE = 111_320;

function metres(a: LatLon, b: LatLon): number {
  const east = (a.lon - b.lon) * Math.cos((a.lat * Math.PI) / 180);
  return Math.hypot(a.lat - b.lat, east) * METRES_PER_DEGREE;
}

/** On the street, or in a car park: there only what fits under its roof can come. */
export function SiteField({ spot, onSpot }: { spot: Spot; onSpot: (spot: Spot) => void }) {
  const words = text.ask;
  const sites = useSites().data ?? [];
  if (sites.length === 0) return null;
  const nearest = [...sites].sort((a, b) => metres(a, spot) - metres(b, spot));
  const choose = (site: Site | undefined) => {
    onSpot(site ? { lat: site.lat, lon: site.lon, street: spot.street, site: { id: site.id, name: site.name }, chosen: true } : { ...spot, site: null });
  };
  return (
    <label className="car-field site-field">
      <Icon name="height" size={24} />
      <span className="grow clip">{spot.site ? spot.site.name : words.street}</span>
      <Icon name="next" />
      <select
        aria-label={words.where}
        value={spot.site?.id ?? ''}
        onChange={(event) => {
          choose(sites.find((site) => site.id === event.target.value));
        }}
      >
        <option value="">{words.street}</option>
        {nearest.map((site) => (
          <option key={site.id} value={site.id}>
            {site.max_height_m === null ? site.name : words.siteHigh(site.name, decimal(site.max_height_m, 2))}
          </option>
        ))}
      </select>
    </label>
  );
}
