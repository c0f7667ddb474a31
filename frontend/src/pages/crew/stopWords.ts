import type { CrewStop, StopVerb } from '../../api/crewTypes';
import { text } from '../../i18n/crew';

/** Where a stop is, as the crew calls it. */
export function placeOf(stop: CrewStop): string {
  if (stop.charge?.place_text) return stop.charge.place_text;
  if (stop.place.name) return stop.place.name;
  return stop.kind === 'break' ? text.break : text.home;
}

export function titleOf(stop: CrewStop): string {
  if (stop.kind === 'break') return text.break;
  return stop.kind === 'hold' ? text.home : placeOf(stop);
}

const startWords = () => ({ recharge: text.verbs.startRecharge, break: text.verbs.startBreak }) as Partial<Record<CrewStop['kind'], string>>;
const endWords = () =>
  ({ recharge: text.verbs.finishRecharge, break: text.verbs.finishBreak, hold: text.verbs.finishHold }) as Partial<Record<CrewStop['kind'], string>>;

/** The words on the one button. A break is taken where one stands. */
export function verbWords(verb: Exclude<StopVerb, 'fail'>, stop: CrewStop): string {
  const { verbs } = text;
  if (verb === 'depart') return stop.kind === 'break' ? verbs.departBreak : verbs.depart(placeOf(stop));
  if (verb === 'arrive') return verbs.arrive;
  return verb === 'start' ? (startWords()[stop.kind] ?? verbs.startServe) : (endWords()[stop.kind] ?? verbs.finishServe);
}
