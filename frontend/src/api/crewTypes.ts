import type { UnitView } from './opsTypes';
import type { Narrow, Schemas, StopKind, StopState } from './types';

/** A stop as the crew sees it: the charge it serves comes with it. */
export type CrewStop = Narrow<Schemas['DayStop'], { kind: StopKind; state: StopState }>;
export type CrewDay = Narrow<Schemas['Day'], { unit: UnitView | null; stops: CrewStop[] }>;
export type StopVerb = 'depart' | 'arrive' | 'start' | 'stop' | 'finish' | 'fail';
export type StopReport = Schemas['ReportInputRequest'];
