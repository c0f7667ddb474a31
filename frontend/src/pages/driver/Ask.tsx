import { lazy, Suspense, useState } from 'react';
import type { QuoteWish, Vehicle } from '../../api/driverTypes';
import type { Config } from '../../api/types';
import { useRequests, isOver } from '../../data/requests';
import { text } from '../../i18n/driver';
import { worldNowMs } from '../../live/worldClock';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { Note } from '../../ui/Note';
import { AskTop } from './AskTop';
import { CarField } from './CarField';
import { CentrePin } from './CentrePin';
import { EnergyField } from './EnergyField';
import { OpenRequest } from './OpenRequest';
import { SiteField } from './SiteField';
import type { Spot } from './spot';
import { WhenField } from './WhenField';
import { buildWish, isFault, startDraft, type Draft } from './wish';

const AskMap = lazy(() => import('./AskMap'));

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

/** What am I asking for? */
export function Ask({ config, vehicles, vehicle, draft, onDraft, spot, onSpot, onAsk }: Props) {
  const words = text.ask;
  const [fault, setFault] = useState<string | null>(null);
  const open = useRequests().data?.find((request) => !isOver(request.status));
  const place: Spot = spot ?? { ...config.area.center, street: null, site: null };
  const change = (part: Partial<Draft>) => {
    setFault(null);
    onDraft({ ...draft, ...part });
  };
  const ask = () => {
    const wish = buildWish(draft, place, worldNowMs(), config.area.time_zone);
    if (isFault(wish)) setFault(wish.field === 'target' ? words.full : words.windowWrong);
    else onAsk(wish, place);
  };

  return (
    <main className="driver ask">
      <div className="driver-map">
        <Suspense fallback={null}>
          <AskMap config={config} spot={spot} onSpot={onSpot} />
        </Suspense>
        <CentrePin label={words.pinLabel} />
        <AskTop spot={place} />
        <button
          type="button"
          className={draft.stranded ? 'stranded-pill on' : 'stranded-pill'}
          aria-pressed={draft.stranded}
          onClick={() => {
            change({ stranded: !draft.stranded, when: 'soon' });
          }}
        >
          <Icon name="stranded" size={22} />
          {draft.stranded ? words.strandedOn : words.stranded}
        </button>
      </div>
      <section className="sheet">
        <div className="grab" />
        {open && <OpenRequest request={open} zone={config.area.time_zone} />}
        <h1>{words.title}</h1>
        <CarField
          vehicles={vehicles}
          vehicle={vehicle}
          onChange={(next) => {
            change({ ...startDraft(next), when: draft.when, from: draft.from, until: draft.until, stranded: draft.stranded });
          }}
        />
        <SiteField spot={place} onSpot={onSpot} />
        <EnergyField draft={draft} vehicle={vehicle} onChange={change} />
        {!draft.stranded && <WhenField draft={draft} onChange={change} />}
        {fault && <Note look="alert">{fault}</Note>}
        <Button onClick={ask}>{words.go}</Button>
      </section>
    </main>
  );
}
