import { useState } from 'react';
import type { CrewStop } from '../../api/crewTypes';
import { clockTime } from '../../format/clockTime';
import { decimal } from '../../format/decimal';
import { duration } from '../../format/duration';
import { kwh } from '../../format/kwh';
import { percent } from '../../format/percent';
import { text } from '../../i18n/crew';
import { useTick } from '../../live/useTick';
import { worldNowMs } from '../../live/worldClock';
import { Field } from '../../ui/Field';
import { HoldButton } from '../../ui/HoldButton';
import { Icon } from '../../ui/Icon';
import { Level } from '../../ui/Level';
import { Note } from '../../ui/Note';
import { Stat } from '../../ui/Stat';
import { ActionBar } from './ActionBar';
import { chargeShare } from './chargeShare';
import { findChecked, forgetChecked } from './checks';
import { CrewHead } from './CrewHead';
import { readMeter } from './meter';
import { OfflineBand } from './OfflineBand';
import { placeOf, titleOf } from './stopWords';
import { useCrew } from './useCrew';
import { useTap } from './useTap';

interface Props {
  stop: CrewStop;
  next: CrewStop | undefined;
  onBack: () => void;
  onProblem: () => void;
}

type Fault = 'missing' | 'below' | null;

/** How long still? */
export function CrewCharging({ stop, next, onBack, onProblem }: Props) {
  useTick(1000);
  const { day, zone } = useCrew();
  const tap = useTap();
  const [typed, setTyped] = useState('');
  const [fault, setFault] = useState<Fault>(null);
  const words = text.charging;
  const nowMs = worldNowMs();
  const charge = stop.charge;
  const [from, to] = [charge?.soc ?? 0, charge?.target_soc ?? 1];
  const share = chargeShare(stop, nowMs);
  const leftS = Math.max(0, (Date.parse(stop.end) - nowMs) / 1000);
  const startWh = readMeter(findChecked(stop.id).meter);

  const finish = () => {
    const meter = readMeter(typed);
    if (meter === null || (startWh !== null && meter < startWh)) {
      setFault(meter === null ? 'missing' : 'below');
      return;
    }
    void tap(stop, 'finish', { meter_wh: meter }).then(() => {
      forgetChecked(stop.id);
    });
  };

  return (
    <main className="crew-page">
      <CrewHead title={words.title(charge?.plate ?? placeOf(stop))} about={`${placeOf(stop)} · ${words.since(clockTime(stop.start, zone))}`} onBack={onBack} />
      <OfflineBand />
      <Level
        soc={from + (to - from) * share}
        start={from}
        target={to}
        figure={
          <>
            {Math.round((from + (to - from) * share) * 100)}
            <small> %</small>
          </>
        }
        startText={percent(from)}
        targetText={words.stopAt(percent(to))}
      >
        <h2>{leftS > 0 ? words.left(duration(leftS)) : words.over}</h2>
        <p className="base">{words.reckoned}</p>
      </Level>
      <div className="stats crew-stats">
        <Stat label={words.delivered} value={decimal(stop.energy_kwh * share, 1)} unit="kWh" />
        <Stat label={words.asked} value={decimal(stop.energy_kwh, 1)} unit="kWh" />
        {day.unit && <Stat label={words.pack} value={decimal(day.unit.energy_kwh, 0)} unit="kWh" />}
      </div>
      {next && (
        <div className="crew-note">
          <Note icon="next">
            {words.next} <b>{titleOf(next)}</b>, {words.leaveBy(clockTime(next.depart, zone))}
          </Note>
        </div>
      )}
      <ActionBar
        onProblem={onProblem}
        above={
          <Field
            label={startWh === null ? text.meter : words.meterFrom(kwh(startWh / 1000))}
            fault={fault === 'missing' ? text.meterMissing : fault === 'below' ? words.meterBelow : null}
            inputMode="decimal"
            autoComplete="off"
            value={typed}
            onChange={(event) => {
              setFault(null);
              setTyped(event.target.value);
            }}
          />
        }
      >
        <HoldButton onHeld={finish}>
          <Icon name="stop" size={22} />
          <span>{words.hold}</span>
        </HoldButton>
      </ActionBar>
    </main>
  );
}
