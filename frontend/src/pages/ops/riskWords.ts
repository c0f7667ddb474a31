import type { Board, RiskFix, RiskView } from '../../api/opsTypes';
import { ago } from '../../format/ago';
import { clockTime } from '../../format/clockTime';
import { duration } from '../../format/duration';
import { kwh } from '../../format/kwh';
import { NBSP } from '../../format/nbsp';
import { timeRange } from '../../format/timeRange';
import { common } from '../../i18n/common';
import { text } from '../../i18n/ops';
import { costChange } from './costChange';

export interface RiskTold {
  title: string;
  cause: string;
  hurt: string;
}

/** Names and figures a risk is told with. */
interface Names {
  unit: string;
  place: string;
  plug: string;
  at: string;
  age: string;
}

function namesOf(risk: RiskView, board: Board, nowMs: number): Names {
  const zone = board.area.time_zone;
  const request = board.requests.find((one) => one.id === risk.request);
  const depot = board.depots.find((one) => one.plugs.some((plug) => plug.id === risk.plug));
  const plug = depot?.plugs.find((one) => one.id === risk.plug);
  return {
    unit: board.units.find((one) => one.id === risk.unit)?.name ?? '',
    place: request?.place_text ?? '',
    plug: [plug?.name, depot?.name].filter(Boolean).join(', '),
    at: risk.at ? clockTime(risk.at, zone) : '',
    age: ago(nowMs - Date.parse(risk.since)),
  };
}

const energy = (wh: number | undefined): string => kwh((wh ?? 0) / 1000, 0);

function titleOf(risk: RiskView, names: Names): string {
  const words = text.risks.titles;
  switch (risk.kind) {
    case 'predicted_late':
      return words.predicted_late(names.place, duration(risk.facts['late_s'] ?? 0));
    case 'promise_at_risk':
      return words.promise_at_risk(names.place, `${String(risk.facts['chance_pct'] ?? 0)}${NBSP}%`);
    case 'low_soc':
      return words.low_soc(names.unit, energy(risk.facts['short_wh']));
    case 'charger_fault':
    case 'stale':
      return words[risk.kind](names.unit);
    case 'plug_conflict':
    case 'plug_down':
      return words[risk.kind](names.plug);
    default:
      return words[risk.kind](names.place);
  }
}

function causeOf(risk: RiskView, names: Names): string {
  const words = text.risks.causes;
  const slip = duration(risk.facts['slip_s'] ?? 0);
  switch (risk.cause) {
    case 'travel_slow':
    case 'not_departed':
    case 'visit_overruns':
    case 'recharge_slow':
      return words[risk.cause](names.unit, slip);
    case 'planned_late':
    case 'closed_on_arrival':
      return words[risk.cause](names.unit);
    case 'not_begun':
    case 'no_energy':
      return words[risk.cause](names.unit, names.age);
    case 'silent':
    case 'faulted':
    case 'car_pauses':
    case 'charger_pauses':
      return words[risk.cause](names.age);
    case 'below_plan':
      return words.below_plan(energy(risk.facts['behind_wh']), names.at);
    case 'closes_meanwhile':
      return words.closes_meanwhile(names.at, duration(risk.facts['over_s'] ?? 0));
    case 'plug_taken':
      return words.plug_taken(names.unit, duration(risk.facts['overlap_s'] ?? 0));
    case 'out_of_service':
    case 'no_unit':
      return words[risk.cause];
    default:
      return common.codes[risk.cause] ?? words.no_unit;
  }
}

/** A risk in words: what, why, and who is hurt. */
export function tellRisk(risk: RiskView, board: Board, nowMs: number): RiskTold {
  const names = namesOf(risk, board, nowMs);
  const first = risk.hurt[0];
  return {
    title: titleOf(risk, names),
    cause: causeOf(risk, names),
    hurt: first ? text.risks.hurt(risk.hurt.length, clockTime(first.promised, board.area.time_zone)) : '',
  };
}

export interface FixTold {
  button: string;
  does: string;
  keeps: string;
  when: string;
  unit: string;
}

/** A way out in words: who comes instead, when, at what cost. */
export function tellFix(fix: RiskFix, board: Board): FixTold {
  const words = text.risks;
  const unit = board.units.find((one) => one.id === fix.unit)?.name ?? '';
  const when = timeRange(fix.arrival_p50, fix.arrival_p90, board.area.time_zone);
  return {
    button: words.moveTo(unit),
    does: words.fixed(when, costChange(fix.cost_milli, board.area.currency)),
    keeps: fix.late_s > 0 ? words.stillLate(duration(fix.late_s)) : words.keeps,
    when,
    unit,
  };
}
