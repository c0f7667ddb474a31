import type { MoveOption, StopView } from '../../api/opsTypes';
import { timesOf } from './boardIndex';
import { verdictOf } from './moveRules';
import { stretch, type TimeScale } from './timeScale';

interface Props {
  option: MoveOption | null;
  lifted: StopView;
  over: boolean;
  stays: boolean;
  scale: TimeScale;
}

/** The place a carried visit would take on a row: ink fits, amber hurts, hatched red breaks a rule. */
export function Ghost({ option, lifted, over, stays, scale }: Props) {
  if (!option || stays) return null;
  const times = timesOf(lifted);
  const from = option.arrival_p50 ? Date.parse(option.arrival_p50) : times.startMs;
  const to = option.ready_p50 ? Date.parse(option.ready_p50) : times.endMs;
  const place = stretch(scale, from, to);
  if (!place) return null;
  const look = verdictOf(option, false);
  return (
    <i
      className={`ghost ${look}${over ? ' over' : ''}`}
      style={{ left: `${String(place.left)}%`, width: `${String(place.width)}%` }}
      aria-hidden="true"
    >
      {over && option.feasible ? <span>{lifted.place.name}</span> : null}
    </i>
  );
}
