import { lazy, Suspense, type ReactNode } from 'react';
import type { Config, LatLon } from '../../api/types';
import { text } from '../../i18n/driver';
import { useMedia } from '../../ui/useMedia';

/** Without a network there may be no map; the rest of the page stands. */
const NoMap = () => <div className="map-canvas" />;
const SpotMap = lazy(() => import('./SpotMap').catch(() => ({ default: NoMap })));

/** On a wide screen the map stays beside what is read; a phone has no room for it and does not load it. */
export function BesideMap({ config, place, children }: { config: Config; place: LatLon; children: ReactNode }) {
  const wide = useMedia('(min-width: 820px)');
  // The same tree at both widths: a phone that is turned must not ask anew.
  return (
    <div className={wide ? 'driver beside' : 'alone'}>
      {wide && (
        <aside className="driver-map" aria-label={text.ask.pinLabel}>
          <Suspense fallback={null}>
            <SpotMap config={config} place={place} />
          </Suspense>
        </aside>
      )}
      {children}
    </div>
  );
}
