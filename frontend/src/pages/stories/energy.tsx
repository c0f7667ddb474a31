import { useState } from 'react';
import { axisTime } from '../../format/axisTime';
import { ArrivalRange, type ArrivalTrack } from '../../ui/ArrivalRange';
import { CountdownRing } from '../../ui/CountdownRing';
import { EnergyBar } from '../../ui/EnergyBar';
import { Level } from '../../ui/Level';
import type { Story } from './Stories';

const minute = (count: number): number => Date.UTC(2026, 10, 21, 13, count);
const kept: ArrivalTrack = { nowMs: minute(24), p50Ms: minute(37), p90Ms: minute(44), promisedFromMs: minute(35), promisedToMs: minute(45) };
const late: ArrivalTrack = { ...kept, p50Ms: minute(42), p90Ms: minute(51) };

function Wanted() {
  const [want, setWant] = useState(0.8);
  return <EnergyBar have={0.18} want={want} label="Charge to" valueText={`${String(Math.round(want * 100))} %`} onWant={setWant} />;
}

export const energyStories: readonly Story[] = [
  {
    name: 'EnergyBar',
    draw: () => (
      <div className="wide">
        <Wanted />
        <EnergyBar have={0.18} want={0.8} label="" valueText="" />
      </div>
    ),
  },
  {
    name: 'ArrivalRange',
    draw: () => (
      <div className="wide">
        {[kept, late].map((track) => (
          <ArrivalRange
            key={track.p50Ms}
            track={track}
            clock={(ms) => axisTime(ms, 'Europe/Monaco')}
            promisedWord="promised"
            label="Arrives between 14:37 and 14:44. Promised between 14:35 and 14:45."
          />
        ))}
      </div>
    ),
  },
  {
    name: 'Level',
    draw: () => (
      <div className="wide">
        {[0.46, 0.74, 0.88].map((soc) => (
          <Level
            key={soc}
            soc={soc}
            start={0.18}
            target={0.8}
            figure={
              <>
                {Math.round(soc * 100)}
                <small> %</small>
              </>
            }
            startText="18 % at 14:46"
            targetText="80 % at 15:22"
          >
            <h3>21 min left</h3>
          </Level>
        ))}
      </div>
    ),
  },
  {
    name: 'CountdownRing',
    draw: () => (
      <div className="flow">
        {[1, 0.6, 0.2, 0].map((share) => (
          <CountdownRing key={share} share={share} />
        ))}
      </div>
    ),
  },
];
