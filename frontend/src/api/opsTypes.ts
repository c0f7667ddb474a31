import type { Area, Narrow, RequestStatus, Schemas, StopKind, StopState, UnitKind, UnitState, Urgency } from './types';

export type UnitView = Narrow<Schemas['UnitView'], { kind: UnitKind; state: UnitState }>;
export type RequestView = Narrow<Schemas['RequestView'], { status: RequestStatus; urgency: Urgency }>;
export type StopView = Narrow<Schemas['RouteStop'], { kind: StopKind; state: StopState }>;
export type RouteView = Narrow<Schemas['RouteView'], { stops: StopView[] }>;
export type DepotView = Schemas['DepotView'];
export type PlanView = Schemas['PlanView'];
export type Figures = Schemas['Figures'];

export type RiskKind =
  | 'stranded'
  | 'not_served'
  | 'charger_fault'
  | 'access_closed'
  | 'predicted_late'
  | 'low_soc'
  | 'not_charging'
  | 'suspended'
  | 'plug_conflict'
  | 'stale'
  | 'plug_down'
  | 'promise_at_risk';
export type RiskFix = Schemas['RiskFix'];
export type RiskView = Narrow<Schemas['RiskView'], { kind: RiskKind; facts: Record<string, number | undefined> }>;

export type ClosureView = Narrow<Schemas['ClosureView'], { kind: 'closed' | 'slow' }>;

export type Board = Narrow<
  Schemas['Board'],
  { area: Area; units: UnitView[]; requests: RequestView[]; routes: RouteView[]; risks: RiskView[]; closures: ClosureView[] }
>;

export type LockView = Schemas['LockView'];
export type MoveOption = Schemas['MoveOption'];
export type MovePreview = Schemas['MovePreview'];
export type MovedVisit = Schemas['MovedVisitView'];
export type BrokenRule = Schemas['BrokenRule'];
export type MoveDone = Narrow<Schemas['MoveDone'], { routes: RouteView[] }>;
export type Explanation = Schemas['Explanation'];
export type VisitChange = Schemas['VisitChange'];

export type UnitDetail = Narrow<Schemas['UnitDetail'], { kind: UnitKind; state: UnitState; route: RouteView }>;

export type ChargerView = Schemas['ChargerView'];
export type ChargerDetail = Schemas['ChargerDetail'];
export type ChargerCommand = Schemas['CommandView'];
export type ChargerMessage = Schemas['MessageView'];
export type ChargerSession = Schemas['SessionView'];

export type SystemBoard = Schemas['SystemBoard'];
export type SystemMinute = Schemas['SystemMinute'];
export type SystemSpan = Schemas['SystemSpan'];
