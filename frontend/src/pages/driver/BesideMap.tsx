import { lazy, Suspense, type ReactNode } from 'react';
import type { Config, LatLon } from '../../api/types';
import { useMedia } from '../../ui/useMedia';

/** Without a network there may be no map; the rest of the page stands. */
const NoMap = () => <div className="map-canvas" />;
const SpotMap = lazy(() => import('./SpotMap').catch(() => ({ default: NoMap })));

/** On a wide screen the map stays beside what is read; a phone has no room for it and does not load it. */
export function BesideMap({ config, place, children }: { config: Config; place: LatLon; children: ReactNode }) {
  const wide = useMedia('(min-width: 820px)');
  if (!wide) return children;
  return (
    <div className="driver beside">
      <div className="driver-map">
        <Suspense fallback={null}>
          <SpotMap config={config} place={place} />
        </Suspense>
      </div>
      {children}
    </div>
  );
}
