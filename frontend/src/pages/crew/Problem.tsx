import { useState } from 'react';
import type { CrewStop } from '../../api/crewTypes';
import { useCrewAction } from '../../data/crewActions';
import { problemText } from '../../data/problemText';
import { common } from '../../i18n/common';
import { text } from '../../i18n/crew';
import { worldNowMs } from '../../live/worldClock';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import type { IconName } from '../../ui/icons/shapes';
import { Note } from '../../ui/Note';

type Reason = keyof typeof text.reasons;

const tiles: [Reason, IconName][] = [
  ['no_access', 'lock'],
  ['car_gone', 'car'],
  ['wrong_car', 'cross'],
  ['ev_refuses', 'plug'],
  ['connector_stuck', 'plug'],
  ['unit_fault', 'van'],
  ['unsafe', 'warning'],
  ['other', 'receipt'],
];

/** Which one is it? Two taps: the tile, then the button. */
export function Problem({ stop, onDone }: { stop: CrewStop; onDone: () => void }) {
  const [reason, setReason] = useState<Reason | null>(null);
  const action = useCrewAction();
  const fault = problemText(action.error);
  return (
    <main className="crew-page">
      <header className="crew-head">
        <button type="button" className="plain-button back" aria-label={common.back} onClick={onDone}>
          <Icon name="back" size={26} />
        </button>
        <div className="grow">
          <h1>{text.problemTitle}</h1>
          <p className="small mute clip">{stop.charge?.place_text ?? stop.place.name}</p>
        </div>
      </header>
      <div className="tiles" role="radiogroup" aria-label={text.problemTitle}>
        {tiles.map(([name, icon]) => (
          <button
            key={name}
            type="button"
            role="radio"
            aria-checked={reason === name}
            className="tile"
            onClick={() => {
              setReason(name);
            }}
          >
            <Icon name={icon} size={26} />
            {text.reasons[name]}
          </button>
        ))}
      </div>
      <footer className="crew-actions">
        {fault && <Note look="alert">{fault}</Note>}
        <Button
          size="crew"
          look="alert"
          disabled={reason === null || action.isPending}
          onClick={() => {
            if (!reason) return;
            const at = new Date(worldNowMs()).toISOString();
            action.mutate({ stop: stop.id, verb: 'fail', at, reason }, { onSuccess: onDone });
          }}
        >
          {text.stopTitle}
        </Button>
      </footer>
    </main>
  );
}
