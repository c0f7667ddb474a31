import './arrivalRange.css';

export interface ArrivalTrack {
  nowMs: number;
  p50Ms: number;
  p90Ms: number;
  promisedFromMs: number;
  promisedToMs: number;
}

interface Props {
  track: ArrivalTrack;
  clock: (ms: number) => string;
  promisedWord: string;
  label: string;
}

const MINUTE = 60_000;
const WIDTH = 350;
const TICKS = 6;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 240, 480].map((minutes) => minutes * MINUTE);

/** A span of whole steps that holds now, the range and the promise. */
export function buildSpan(track: ArrivalTrack): { from: number; to: number; step: number } {
  const first = Math.min(track.nowMs, track.p50Ms, track.promisedFromMs);
  const last = Math.max(track.p90Ms, track.promisedToMs, track.nowMs + MINUTE);
  const step = STEPS.find((candidate) => (last - first) / candidate <= TICKS - 1) ?? 720 * MINUTE;
  const from = Math.floor(first / step) * step;
  return { from, to: Math.max(from + 2 * step, Math.ceil(last / step) * step), step };
}

/** Grey = gone, bar = P50, box = P50 to P90, bracket above = what was promised. */
export function ArrivalRange({ track, clock, promisedWord, label }: Props) {
  const { from, to, step } = buildSpan(track);
  const x = (ms: number) => Math.min(WIDTH, Math.max(0, ((ms - from) / (to - from)) * WIDTH));
  const [start, end] = [x(track.p50Ms), x(track.p90Ms)];
  const [left, right] = [x(track.promisedFromMs), Math.max(x(track.promisedToMs), x(track.promisedFromMs) + 2)];
  const ticks = Array.from({ length: Math.round((to - from) / step) + 1 }, (_, index) => from + index * step);
  const wordLeft = left > 64;
  return (
    <svg className="arrival-range" viewBox={`0 0 ${String(WIDTH)} 44`} role="img" aria-label={label}>
      <rect y="12" width={WIDTH} height="13" rx="4" className="track" />
      <rect y="12" width={x(track.nowMs)} height="13" rx="4" className="gone" />
      <rect x={start} y="12" width={Math.max(3, end - start)} height="13" className="box" />
      <rect x={start - 2} y="7" width="4" height="23" rx="2" className="bar" />
      <path d={`M${String(left)} 7V3H${String(right)}V7`} className="bracket" />
      <text x={wordLeft ? left - 5 : right + 5} y="8" textAnchor={wordLeft ? 'end' : 'start'} className="word">
        {promisedWord}
      </text>
      {ticks.map((ms, index) => (
        <g key={ms}>
          <line x1={x(ms)} x2={x(ms)} y1="25" y2="29" className="tick" />
          <text
            x={index === 0 ? 0 : index === ticks.length - 1 ? WIDTH : x(ms)}
            y="41"
            textAnchor={index === 0 ? 'start' : index === ticks.length - 1 ? 'end' : 'middle'}
            className="time"
          >
            {clock(ms)}
          </text>
        </g>
      ))}
    </svg>
  );
}
