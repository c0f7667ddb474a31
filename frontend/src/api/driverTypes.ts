import type { Instant, LatLon, Position, RequestStatus, UnitKind, Urgency } from './types';

export interface Vehicle {
  id: string;
  name: string;
  plate: string;
  model: string;
  usable_kwh: number;
  max_dc_kw: number;
  connectors: string[];
  soc_hint: number | null;
}

export interface PriceLine {
  code: string;
  text: string;
  net_minor: number;
  tax_rate: number | string;
  tax_minor: number;
  gross_minor: number;
}

export interface Price {
  total_minor: number;
  currency: string;
  lines: PriceLine[];
}

export interface Offer {
  id: string;
  kind: 'asap' | 'slot';
  arrival_p50: Instant;
  arrival_p90: Instant;
  ready_p90: Instant;
  energy_kwh: number;
  soc_after: number;
  price: Price;
  expires_at: Instant;
  unit?: { kind: UnitKind; power_kw?: number } | null;
}

export interface Alternative extends Offer {
  relaxes: 'later' | 'less_energy' | 'other_place';
  text: string;
}

export interface Refusal {
  code: string;
  detail: string;
  per_unit: { unit: { id: string; name: string; kind: UnitKind }; code: string; detail: string }[];
}

export interface Quote {
  id: string;
  offers: Offer[];
  refusal?: Refusal | null;
  alternatives?: Alternative[];
}

export interface QuoteWish {
  vehicle: string;
  location: LatLon;
  soc: number;
  target_soc: number;
  site?: string;
  earliest?: Instant;
  latest?: Instant;
  urgency?: Urgency;
}

export interface Eta {
  arrival_p10: Instant;
  arrival_p50: Instant;
  arrival_p90: Instant;
  ready_p50: Instant;
  ready_p90: Instant;
  at: Instant;
}

export interface DriverPromise {
  arrival_p50: Instant;
  arrival_p90: Instant;
  ready_p90: Instant;
  version: number;
}

export interface Session {
  state: string;
  started_at: Instant | null;
  energy_wh: number;
  soc: number | null;
  power_w: number;
  expected_end: Instant | null;
}

export type Stage = 'booked' | 'assigned' | 'en_route' | 'on_site' | 'charging' | 'completed';

export interface ChargeRequest {
  id: string;
  status: RequestStatus;
  version: number;
  vehicle: { id: string; name: string; plate: string } | null;
  location: LatLon;
  place_text: string;
  site: string | null;
  energy_kwh: number;
  soc_after: number;
  window: { earliest: Instant; latest: Instant };
  urgency: Urgency;
  pin: string | null;
  promise: DriverPromise;
  eta: Eta | null;
  unit: { id: string; name: string; kind: UnitKind; plate: string | null; position?: Position | null } | null;
  session: Session | null;
  stage_at: Partial<Record<Stage, Instant | null>>;
  price: Price;
  created_at: Instant;
}
