import type { StopView, UnitView } from './opsTypes';
import type { Instant } from './types';

export interface CrewRequest {
  plate: string;
  vehicle: string;
  place_text: string;
  energy_kwh: number;
  soc: number | null;
  target_soc: number | null;
  access_note: string | null;
}

/** A stop as the crew sees it: the request it serves comes with it. */
export interface CrewStop extends Omit<StopView, 'request'> {
  request: (CrewRequest & { id?: string }) | null;
}

export interface CrewDay {
  server_time: Instant;
  speed: number;
  seq: number;
  unit: UnitView | null;
  shift: { start: Instant; end: Instant } | null;
  stops: CrewStop[];
}

export type StopVerb = 'depart' | 'arrive' | 'start' | 'finish' | 'fail';
