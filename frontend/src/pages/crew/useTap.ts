import type { CrewStop, StopVerb } from '../../api/crewTypes';
import { worldNowMs } from '../../live/worldClock';
import { placeOf } from './stopWords';
import { useCrew } from './useCrew';

/** World time as the house writes it. */
export const nowIso = (): string => new Date(worldNowMs()).toISOString().replace(/\.\d+Z$/, 'Z');

interface Said {
  meter_wh?: number;
  reason?: string;
  note?: string;
  plate?: string;
  pin?: string;
  photo?: string;
}

/** One tap at a stop: kept on the device at once, with the time of the tap. */
export function useTap(): (stop: CrewStop, verb: StopVerb, said?: Said) => Promise<void> {
  const { outbox } = useCrew();
  return (stop, verb, said = {}) => {
    const at = nowIso();
    return outbox.add({ verb, stop: stop.id, at, body: { at, ...said }, place: placeOf(stop) });
  };
}

/** A word to the dispatcher that moves no stop. */
export function useReport(): (stop: CrewStop, kind: string) => Promise<void> {
  const { outbox } = useCrew();
  return (stop, kind) => outbox.add({ verb: 'report', stop: stop.id, at: nowIso(), body: { kind, stop: stop.id }, place: placeOf(stop) });
}
