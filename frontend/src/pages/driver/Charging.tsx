import type { Session } from '../../api/driverTypes';
import { clockTime } from '../../format/clockTime';
import { duration } from '../../format/duration';
import { kw } from '../../format/kw';
import { kwh } from '../../format/kwh';
import { percent } from '../../format/percent';
import { common } from '../../i18n/common';
import { text } from '../../i18n/driver';
import { useTick } from '../../live/useTick';
import { worldNowMs } from '../../live/worldClock';
import { Icon } from '../../ui/Icon';
import { Level } from '../../ui/Level';
import { RoundButton } from '../../ui/RoundButton';
import { Stat } from '../../ui/Stat';
import type { FollowedProps } from './Follow';
import { LivePill } from './LivePill';
import { StageRow } from './StageRow';

const words = text.charging;

/** Share of the battery at the start, worked back from what went in when the car does not say. */
function startOf(session: Session, now: number, target: number, askedKwh: number): number {
  const done = askedKwh > 0 ? session.energy_wh / (askedKwh * 1000) : 0;
  return done >= 0.999 ? Math.max(0, now - target) : Math.max(0, (now - target * done) / (1 - done));
}

/** How full, how long? */
export function Charging({ request, zone, stream, onBack }: FollowedProps & { onBack: () => void }) {
  useTick(1000);
  const { session, unit } = request;
  if (!session) return null;
  const target = request.soc_after;
  const share = Math.min(1, session.energy_wh / (request.energy_kwh * 1000));
  const known = session.soc;
  // Without a reading from the car: as far as the energy has come, towards the target.
  const soc = known ?? target * share;
  const start = known === null ? 0 : startOf(session, soc, target, request.energy_kwh);
  const leftS = session.expected_end ? Math.max(0, (Date.parse(session.expected_end) - worldNowMs()) / 1000) : null;
  const end = session.expected_end ?? request.promise.ready_p90;
  const startedAt = session.started_at ?? request.stage_at.charging ?? request.created_at;
  const [power, powerUnit] = kw(session.power_w / 1000, 1).split('\u00a0');
  const [delivered, energyUnit] = kwh(session.energy_wh / 1000).split('\u00a0');
  return (
    <main className="driver charging">
      <div className="charging-top">
        <Level
          soc={soc}
          start={start}
          target={target}
          figure={
            <>
              {Math.round(soc * 100)}
              <small> %</small>
            </>
          }
          startText={words.start(percent(start), clockTime(startedAt, zone))}
          targetText={words.at(percent(target), clockTime(end, zone))}
        >
          {leftS !== null && leftS > 0 && <h2>{words.left(duration(leftS))}</h2>}
          <p className="base">{known === null ? words.about : words.reads}</p>
        </Level>
        <div className="map-top">
          <RoundButton icon="back" label={common.back} onClick={onBack} />
          <LivePill stream={stream} words={{ ...common.connection, live: () => words.live }} />
        </div>
      </div>
      <section className="sheet flat">
        <div className="stats">
          <Stat label={words.power} value={power} unit={powerUnit ?? ''} />
          <Stat label={words.delivered} value={delivered} unit={energyUnit ?? ''} />
          <Stat label={words.asked} value={request.energy_kwh.toFixed(1)} unit={energyUnit ?? ''} />
        </div>
        <StageRow request={request} />
        {unit && (
          <div className="unit-part">
            <span className="kind-disc large">
              <Icon name={unit.kind} size={30} />
            </span>
            <div className="grow">
              <h3>{words.with(text.follow.unit(common.kinds[unit.kind], unit.name))}</h3>
              {unit.plate && <div className="small mute">{text.follow.plate(unit.plate)}</div>}
            </div>
          </div>
        )}
      </section>
    </main>
  );
}
