import { useState } from 'react';
import type { CrewStop } from '../../api/crewTypes';
import { text } from '../../i18n/crew';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { radioKeys, radioTab } from '../../ui/radioKeys';
import { CrewHead } from './CrewHead';
import { alarms, endsStop, failReason, tilesFor, type Reason } from './problems';
import { placeOf } from './stopWords';
import { useReport, useTap } from './useTap';

/** Which one is it? Two taps: the tile, then the button. */
export function Problem({ stop, onDone }: { stop: CrewStop; onDone: () => void }) {
  const [reason, setReason] = useState<Reason | null>(null);
  const tap = useTap();
  const report = useReport();
  const shown = tilesFor(stop);
  const all: Reason[] = [...shown.map((tile) => tile.reason), ...alarms];
  const chosen = all.findIndex((one) => one === reason);
  const send = async () => {
    if (!reason) return;
    if (reason === 'late' || reason === 'accident') await report(stop, reason);
    if (endsStop(reason)) await tap(stop, 'fail', { reason: failReason(reason) });
    onDone();
  };
  const radio = (one: Reason) => ({
    type: 'button' as const,
    role: 'radio',
    'aria-checked': reason === one,
    tabIndex: radioTab(all.indexOf(one), chosen),
    onClick: () => {
      setReason(one);
    },
  });
  return (
    <main className="crew-page">
      <CrewHead title={text.problemTitle} about={[placeOf(stop), stop.charge?.plate].filter(Boolean).join(' · ')} onBack={onDone} />
      <div className="tiles" role="radiogroup" aria-label={text.problemTitle} onKeyDown={radioKeys}>
        {shown.map(({ reason: one, icon }) => (
          <button key={one} className="tile" {...radio(one)}>
            <Icon name={icon} size={26} />
            {text.reasons[one]}
          </button>
        ))}
        {alarms.map((one) => (
          <button key={one} className={`tile alarm ${one}`} {...radio(one)}>
            <Icon name={one === 'accident' ? 'stranded' : 'shield'} size={26} />
            {text.reasons[one]}
          </button>
        ))}
      </div>
      <footer className="crew-actions">
        <div role="status">
          {reason && (
            <>
              <div className="spread">
                <h2>{text.reasons[reason]}</h2>
                <span className="base mute">{text.notSent}</span>
              </div>
              <p className="base mute">{text.then[reason]}</p>
            </>
          )}
        </div>
        <Button size="crew" look={reason && alarms.includes(reason) ? 'alert' : 'main'} disabled={reason === null} onClick={() => void send()}>
          {text.send}
        </Button>
      </footer>
    </main>
  );
}
