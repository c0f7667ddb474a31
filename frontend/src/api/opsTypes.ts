import type { Eta } from './driverTypes';
import type {
  Area,
  Instant,
  LatLon,
  Place,
  Position,
  RequestStatus,
  StopKind,
  StopState,
  UnitKind,
  UnitState,
  Urgency,
} from './types';

export interface UnitView {
  id: string;
  name: string;
  kind: UnitKind;
  plate: string | null;
  state: UnitState;
  stale: boolean;
  position: Position | null;
  soc: number;
  energy_kwh: number;
  usable_kwh: number;
  reserve_kwh: number;
  power_kw: number;
  crew: string | null;
  shift: { start: Instant; end: Instant } | null;
  site: string | null;
}

export interface RequestView {
  id: string;
  status: RequestStatus;
  urgency: Urgency;
  location: LatLon;
  place_text: string;
  vehicle: { name: string; plate: string } | null;
  energy_kwh: number;
  window: { earliest: Instant; latest: Instant };
  promise: { arrival_p50: Instant; arrival_p90: Instant } | null;
  eta: Pick<Eta, 'arrival_p50' | 'arrival_p90' | 'at'> | null;
  unit: string | null;
  stop: string | null;
  created_at: Instant;
  not_served: { code: string; detail: string } | null;
}

export interface StopView {
  id: string;
  kind: StopKind;
  state: StopState;
  request: string | null;
  place: Place;
  depart: Instant | null;
  arrive: Instant;
  start: Instant;
  end: Instant;
  energy_kwh: number;
  pack_before_kwh: number;
  pack_after_kwh: number;
  locked: boolean;
}

export interface RouteView {
  unit: string;
  stops: StopView[];
}

export interface PlugView {
  id: string;
  name: string;
  power_kw: number;
  state: string;
  unit: string | null;
}

export interface DepotView extends Place {
  id: string;
  plugs: PlugView[];
}

export interface SiteView extends Place {
  id: string;
  max_height_m: number | null;
}

export interface PlanView {
  version: number;
  published_at: Instant;
  cause: string | null;
}

export interface Figures {
  served_today: number;
  open: number;
  on_time_share: number | null;
  time_to_plug_p50_s: number | null;
  time_to_plug_p90_s: number | null;
  energy_out_kwh: number;
  in_packs_kwh: number;
  packs_total_kwh: number;
  not_served: number;
}

export interface Board {
  server_time: Instant;
  speed: number;
  seq: number;
  area: Area;
  plan: PlanView | null;
  units: UnitView[];
  requests: RequestView[];
  routes: RouteView[];
  depots: DepotView[];
  sites: SiteView[];
  figures: Figures;
}

export interface UnitDetail extends UnitView {
  route: RouteView;
  legs: { stop: string; leg: string | null }[];
}
