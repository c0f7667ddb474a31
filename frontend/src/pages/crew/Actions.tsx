import { useState } from 'react';
import type { CrewStop, StopVerb } from '../../api/crewTypes';
import { useCrewAction } from '../../data/crewActions';
import { problemText } from '../../data/problemText';
import { text } from '../../i18n/crew';
import { worldNowMs } from '../../live/worldClock';
import { Button } from '../../ui/Button';
import { Field } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { Note } from '../../ui/Note';
import { nextVerb } from './nextAction';

function wordsOf(verb: Exclude<StopVerb, 'fail'>, stop: CrewStop): string {
  const { verbs } = text;
  if (verb === 'depart') return verbs.depart(stop.charge?.place_text ?? stop.place.name);
  if (verb === 'arrive') return verbs.arrive;
  const starts = { recharge: verbs.startRecharge, break: verbs.startBreak } as Partial<Record<CrewStop['kind'], string>>;
  const ends = { recharge: verbs.finishRecharge, break: verbs.finishBreak, hold: verbs.finishHold } as Partial<Record<CrewStop['kind'], string>>;
  return verb === 'start' ? (starts[stop.kind] ?? verbs.startServe) : (ends[stop.kind] ?? verbs.finishServe);
}

/** World time as the house writes it. */
const nowIso = () => new Date(worldNowMs()).toISOString().replace(/\.\d+Z$/, 'Z');

/** One main action, and the problem button beside it, always. */
export function Actions({ stop, onProblem }: { stop: CrewStop; onProblem: () => void }) {
  const action = useCrewAction();
  const [meter, setMeter] = useState('');
  const [asked, setAsked] = useState(false);
  const verb = nextVerb(stop);
  const fault = problemText(action.error);
  const meters = stop.kind === 'serve' && (verb === 'start' || verb === 'finish');
  const energyStarts = stop.kind === 'serve' && verb === 'start';
  const read = Number(meter.replace(',', '.'));
  const unread = meters && (meter === '' || !Number.isFinite(read));
  const go = () => {
    if (!verb) return;
    setAsked(unread);
    if (unread) return;
    const reading = meters ? { meter_wh: Math.round(read * 1000) } : {};
    action.mutate({ stop: stop.id, verb, at: nowIso(), ...reading }, { onSuccess: () => { setMeter(''); } });
  };
  return (
    <footer className="crew-actions">
      {fault && <Note look="alert">{fault}</Note>}
      {meters && (
        <Field label={text.meter} fault={asked && unread ? text.meterMissing : null} inputMode="decimal" value={meter} onChange={(event) => { setMeter(event.target.value); }} />
      )}
      <div className="row">
        <button type="button" className="problem-button" aria-label={text.problem} title={text.problem} onClick={onProblem}>
          <Icon name="warning" size={28} />
        </button>
        {verb && (
          <Button size="crew" look={energyStarts ? 'volt' : 'main'} disabled={action.isPending} onClick={go}>
            {verb === 'depart' && <Icon name="drive" size={22} />}
            {energyStarts && <Icon name="bolt" size={22} />}
            <span>{wordsOf(verb, stop)}</span>
          </Button>
        )}
      </div>
    </footer>
  );
}
