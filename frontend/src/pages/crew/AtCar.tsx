import { useRef, useState } from 'react';
import type { CrewStop } from '../../api/crewTypes';
import { clockTime } from '../../format/clockTime';
import { kwh } from '../../format/kwh';
import { text } from '../../i18n/crew';
import { Button } from '../../ui/Button';
import { Field } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { ActionBar } from './ActionBar';
import { CheckRow } from './CheckRow';
import { CHECKS, checksNote, confirmed, nextCheck, stepsLeft, useChecked, type Check } from './checks';
import { CrewHead } from './CrewHead';
import { readMeter } from './meter';
import { OfflineBand } from './OfflineBand';
import { placeOf } from './stopWords';
import { useCrew } from './useCrew';
import { nowIso, useTap } from './useTap';

interface Props {
  stop: CrewStop;
  onBack: () => void;
  onProblem: () => void;
}

/** May I start? Every step ticked, and the meter read. */
export function AtCar({ stop, onBack, onProblem }: Props) {
  const { day, zone } = useCrew();
  const tap = useTap();
  const [checked, setChecked] = useChecked(stop.id);
  const [fault, setFault] = useState<Check | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const words = text.atCar;
  const left = stepsLeft(checked);
  const next = nextCheck(checked);
  const charge = stop.charge;
  const isUnknown = charge !== null && !charge.plate;

  const toggle = (check: Check) => {
    const { [check]: was, ...others } = checked.done;
    const unread = (check === 'meter' && readMeter(checked.meter) === null) || (check === 'plate' && isUnknown && !checked.read?.trim());
    setFault(unread ? check : null);
    if (unread) return;
    setChecked({ ...checked, done: was ? others : { ...others, [check]: nowIso() } });
  };
  const start = () => {
    const meter = readMeter(checked.meter);
    if (left > 0 || meter === null) {
      // The gate itself leads to what is missing.
      const step = list.current?.querySelector<HTMLElement>('.check.now button, .check.later button');
      step?.scrollIntoView({ block: 'center' });
      step?.focus();
      return;
    }
    void tap(stop, 'start', { meter_wh: meter, note: checksNote(checked), ...confirmed(charge?.plate ?? '', checked) });
  };
  const about = (check: Check): string => {
    const at = checked.done[check];
    return at ? words.doneAt(clockTime(at, zone)) : words.how[check];
  };
  const title = (check: Check): string => {
    if (check === 'plate') return charge?.plate ? words.plate(charge.plate) : words.car(charge?.vehicle ?? '');
    return check === 'secured' ? words.secured[day.unit?.kind ?? 'van'] : words.steps[check];
  };

  return (
    <main className="crew-page">
      <CrewHead title={placeOf(stop)} about={text.until(clockTime(stop.end, zone))} onBack={onBack} />
      <OfflineBand />
      {charge && (
        <section className="car-card">
          <span className="car-glyph">
            <Icon name="car" size={32} />
          </span>
          <span className="grow">
            <b className="plate">{charge.plate || charge.vehicle}</b>
            <span className="base mute">{charge.vehicle}</span>
            {charge.access_note && <span className="base mute">{charge.access_note}</span>}
          </span>
          <b className="car-energy nowrap">{kwh(charge.energy_kwh)}</b>
        </section>
      )}
      <div className="spread crew-title">
        <h2>{words.title}</h2>
        <span className="mute">{words.of(CHECKS.length - left, CHECKS.length)}</span>
      </div>
      <ol className="checks" ref={list}>
        {CHECKS.map((check) => (
          <CheckRow
            key={check}
            title={title(check)}
            about={about(check)}
            done={checked.done[check] !== undefined}
            now={check === next}
            onToggle={() => {
              toggle(check);
            }}
          >
            {check === 'plate' && isUnknown && !checked.done.plate && (
              <Field
                label={words.read}
                fault={fault === 'plate' ? words.readMissing : null}
                autoComplete="off"
                autoCapitalize="characters"
                maxLength={16}
                value={checked.read ?? ''}
                onChange={(event) => {
                  setFault(null);
                  setChecked({ ...checked, read: event.target.value });
                }}
              />
            )}
            {check === 'meter' && !checked.done.meter && (
              <Field
                label={text.meter}
                fault={fault === 'meter' ? text.meterMissing : null}
                inputMode="decimal"
                autoComplete="off"
                value={checked.meter}
                onChange={(event) => {
                  setFault(null);
                  setChecked({ ...checked, meter: event.target.value });
                }}
              />
            )}
          </CheckRow>
        ))}
      </ol>
      <ActionBar onProblem={onProblem}>
        {left > 0 ? (
          <button type="button" className="button crew gated" onClick={start}>
            <Icon name="lock" size={22} />
            <span>{words.gate(left)}</span>
          </button>
        ) : (
          <Button size="crew" look="volt" onClick={start}>
            <Icon name="bolt" size={22} />
            <span>{text.verbs.startServe}</span>
          </Button>
        )}
      </ActionBar>
    </main>
  );
}
