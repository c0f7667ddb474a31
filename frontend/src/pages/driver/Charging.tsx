import { clockTime } from '../../format/clockTime';
import { decimal } from '../../format/decimal';
import { duration } from '../../format/duration';
import { percent } from '../../format/percent';
import { common } from '../../i18n/common';
import { text } from '../../i18n/driver';
import { useTick } from '../../live/useTick';
import { worldNowMs } from '../../live/worldClock';
import { Level } from '../../ui/Level';
import { RoundButton } from '../../ui/RoundButton';
import { Stat } from '../../ui/Stat';
import { chargeNow } from './charge';
import type { FollowedProps } from './Follow';
import { LivePill } from './LivePill';
import { stageIndex } from './stage';
import { StageRow } from './StageRow';
import { UnitPart } from './UnitPart';

const UNIT = 'kWh';

/** How full, how long? */
export function Charging({ request, zone, stream, onBack }: FollowedProps & { onBack: () => void }) {
  const words = text.charging;
  useTick(1000);
  const nowMs = worldNowMs();
  const { session } = request;
  const now = chargeNow(request, nowMs);
  if (!session || !now) return null;
  const target = request.soc_after;
  const leftS = session.expected_end ? (Date.parse(session.expected_end) - nowMs) / 1000 : 0;
  const end = session.expected_end ?? request.promise.ready_p90;
  return (
    <main className="driver charging">
      <h1 className="hidden">{text.follow.stages[stageIndex(request.status)]}</h1>
      <div className="charging-top">
        <Level
          soc={now.soc}
          start={now.startSoc}
          target={target}
          figure={
            <>
              {Math.round(now.soc * 100)}
              <small> %</small>
            </>
          }
          startText={words.start(percent(now.startSoc), clockTime(session.started_at, zone))}
          targetText={words.at(percent(target), clockTime(end, zone))}
        >
          {leftS > 0 && <h2>{words.left(duration(leftS))}</h2>}
          <p className="base">{now.read ? words.reads : words.reckoned}</p>
        </Level>
        <div className="map-top">
          <RoundButton icon="back" label={common.back} onClick={onBack} />
          <LivePill stream={stream} />
        </div>
      </div>
      <section className="sheet flat">
        <div className="stats">
          {session.power_w !== null && <Stat label={words.power} value={decimal(session.power_w / 1000, 1)} unit="kW" />}
          <Stat label={words.delivered} value={decimal(now.energyKwh, 1)} unit={UNIT} />
          <Stat label={words.asked} value={decimal(request.energy_kwh, 1)} unit={UNIT} />
        </div>
        <StageRow request={request} />
        <UnitPart request={request} />
      </section>
    </main>
  );
}
