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
import { Button } from '../../ui/Button';
import { HoldButton } from '../../ui/HoldButton';
import { Icon } from '../../ui/Icon';
import { Level } from '../../ui/Level';
import { Note } from '../../ui/Note';
import { Stat } from '../../ui/Stat';
import { ActionBar } from './ActionBar';
import { chargeNow, endingOf } from './chargeShare';
import { findChecked, forgetChecked } from './checks';
import { CrewHead } from './CrewHead';
import { readMeter } from './meter';
import { MeterByHand } from './MeterByHand';
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

function useLastReading(stop: CrewStop) {
  const tap = useTap();
  const [typed, setTyped] = useState('');
  const [photo, setPhoto] = useState('');
  const [fault, setFault] = useState<Fault>(null);
  const startWh = readMeter(findChecked(stop.id).meter);
  const finish = (said: { meter_wh?: number; photo?: string }) => {
    void tap(stop, 'finish', said).then(() => {
      forgetChecked(stop.id);
    });
  };
  const finishByHand = () => {
    const meter = readMeter(typed);
    if (meter === null || (startWh !== null && meter < startWh)) {
      setFault(meter === null ? 'missing' : 'below');
      return;
    }
    finish({ meter_wh: meter, ...(photo ? { photo } : {}) });
  };
  const type = (value: string) => {
    setFault(null);
    setTyped(value);
  };
  return { typed, type, photo, setPhoto, fault, startWh, finish, finishByHand };
}

/** How long still? And then: the charger's own last reading, or one by hand. */
export function CrewCharging({ stop, next, onBack, onProblem }: Props) {
  useTick(1000);
  const { day, zone, lostSince } = useCrew();
  const tap = useTap();
  const [isStopping, setStopping] = useState(false);
  const last = useLastReading(stop);
  const words = text.charging;
  const charge = stop.charge;
  const flow = day.unit?.charge ?? null;
  const now = chargeNow(stop, flow, worldNowMs());
  const ending = endingOf(stop, flow, lostSince !== null);
  const [from, to] = [charge?.soc ?? 0, charge?.target_soc ?? 1];
  const told = { told: words.live, ended: words.unplug, 'by-hand': words.reckoned }[ending];
  const title = ending === 'ended' ? words.ended : now.leftS > 0 ? words.left(duration(now.leftS)) : words.over;
  const hold = (onHeld: () => void) => (
    <HoldButton onHeld={onHeld}>
      <Icon name="stop" size={22} />
      <span>{words.hold}</span>
    </HoldButton>
  );

  return (
    <main className="crew-page">
      <CrewHead title={words.title(charge?.plate ?? placeOf(stop))} about={`${placeOf(stop)} · ${words.since(clockTime(stop.start, zone))}`} onBack={onBack} />
      <OfflineBand />
      <Level
        soc={now.soc}
        start={from}
        target={to}
        figure={
          <>
            {Math.round(now.soc * 100)}
            <small> %</small>
          </>
        }
        startText={percent(from)}
        targetText={words.stopAt(percent(to))}
      >
        <h2>{title}</h2>
        <p className="base">{isStopping && ending === 'told' ? words.stopping : told}</p>
      </Level>
      <div className="stats crew-stats">
        {now.powerKw !== null && ending === 'told' && <Stat label={words.power} value={decimal(now.powerKw, 1)} unit="kW" />}
        <Stat label={ending === 'by-hand' ? words.delivered : words.flowed} value={decimal(now.deliveredKwh, 1)} unit="kWh" />
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
          ending === 'by-hand' && (
            <MeterByHand
              label={last.startWh === null ? text.meter : words.meterFrom(kwh(last.startWh / 1000))}
              fault={last.fault === 'missing' ? text.meterMissing : last.fault === 'below' ? words.meterBelow : null}
              typed={last.typed}
              onType={last.type}
              photo={last.photo}
              onPhoto={last.setPhoto}
            />
          )
        }
      >
        {ending === 'by-hand' && hold(last.finishByHand)}
        {ending === 'told' &&
          hold(() => {
            setStopping(true);
            void tap(stop, 'stop');
          })}
        {ending === 'ended' && (
          <Button size="crew" onClick={() => { last.finish({}); }}>
            <Icon name="tick" size={22} />
            <span>{words.done}</span>
          </Button>
        )}
      </ActionBar>
    </main>
  );
}
