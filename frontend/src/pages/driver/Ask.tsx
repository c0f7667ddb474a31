import { lazy, Suspense, useState } from 'react';
import type { QuoteWish, Vehicle } from '../../api/driverTypes';
import type { Config } from '../../api/types';
import { useRequests, isOver } from '../../data/requests';
import { text } from '../../i18n/driver';
import { worldNowMs } from '../../live/worldClock';
import { Button } from '../../ui/Button';
import { Note } from '../../ui/Note';
import { AskTop } from './AskTop';
import { CarField } from './CarField';
import { Cars } from './Cars';
import { CentrePin } from './CentrePin';
import { EnergyField } from './EnergyField';
import { OpenRequest } from './OpenRequest';
import { Search } from './Search';
import { SiteField } from './SiteField';
import type { Spot } from './spot';
import { StrandedPill } from './StrandedPill';
import { WhenField } from './WhenField';
import { buildWish, isFault, startDraft, type Draft } from './wish';

/** Without a network there may be no map; the rest of the page stands. */
const NoMap = () => <div className="map-canvas" />;
const AskMap = lazy(() => import('./AskMap').catch(() => ({ default: NoMap })));

interface Props {
  config: Config;
  vehicles: readonly Vehicle[];
  vehicle: Vehicle;
  draft: Draft;
  onDraft: (draft: Draft) => void;
  spot: Spot | null;
  onSpot: (spot: Spot) => void;
  onAsk: (wish: QuoteWish, spot: Spot) => void;
}

type Over = 'search' | 'cars' | null;

/** What am I asking for? */
export function Ask({ config, vehicles, vehicle, draft, onDraft, spot, onSpot, onAsk }: Props) {
  const words = text.ask;
  const zone = config.area.time_zone;
  const [fault, setFault] = useState<string | null>(null);
  const [over, setOver] = useState<Over>(null);
  const open = useRequests().data?.find((request) => !isOver(request.status));
  const place: Spot = spot ?? { ...config.area.center, street: null, site: null, chosen: false };
  const close = () => {
    setOver(null);
  };
  const change = (part: Partial<Draft>) => {
    setFault(null);
    onDraft({ ...draft, ...part });
  };
  const takeCar = (next: Vehicle) => {
    close();
    const { vehicle: id, soc, target } = startDraft(next);
    change({ vehicle: id, soc, target });
  };
  const ask = () => {
    const wish = buildWish(draft, vehicle, place, worldNowMs(), zone);
    if (isFault(wish)) setFault(words.faults[wish.field]);
    else onAsk(wish, place);
  };

  return (
    <main className="driver ask">
      <div className="driver-map">
        <Suspense fallback={null}>
          <AskMap config={config} spot={spot} onSpot={onSpot} />
        </Suspense>
        <CentrePin label={words.pinLabel} />
        <AskTop
          spot={place}
          onSearch={() => {
            setOver('search');
          }}
        />
        <StrandedPill
          on={draft.stranded}
          onToggle={() => {
            change({ stranded: !draft.stranded, when: 'soon' });
          }}
        />
      </div>
      <section className="sheet">
        <div className="grab" />
        {open && <OpenRequest request={open} zone={zone} />}
        <h1>{words.title}</h1>
        <CarField
          vehicle={vehicle}
          onOpen={() => {
            setOver('cars');
          }}
        />
        <SiteField spot={place} onSpot={onSpot} />
        <EnergyField draft={draft} vehicle={vehicle} onChange={change} />
        {!draft.stranded && <WhenField draft={draft} zone={zone} onChange={change} />}
        {fault && <Note look="alert">{fault}</Note>}
        <Button onClick={ask}>{words.go}</Button>
      </section>
      {over === 'search' && (
        <Search
          near={place}
          onClose={close}
          onChoose={(found) => {
            onSpot(found);
            close();
          }}
        />
      )}
      {over === 'cars' && <Cars vehicles={vehicles} chosen={vehicle} onChoose={takeCar} onClose={close} />}
    </main>
  );
}
