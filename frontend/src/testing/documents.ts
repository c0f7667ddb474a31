import type { CrewStop } from '../api/crewTypes';
import type { ChargeRequest, Offer, Session, Vehicle } from '../api/driverTypes';
import type { Board, RequestView, RiskView, StopView, UnitView } from '../api/opsTypes';
import type { Eta, Position, PromiseTold } from '../api/types';

/** A small world for tests: one quay, one van, one car; each maker takes what the test is about. */

export const minute = (count: number): string => `2026-11-21T12:${String(count).padStart(2, '0')}:00Z`;

export const position = (lat: number, at: string): Position => ({ lat, lon: 7.42, heading: 90, speed_mps: 8, at });

export const eta = (at: string, p50: string, p90 = p50): Eta => ({ arrival_p10: p50, arrival_p50: p50, arrival_p90: p90, ready_p50: p90, ready_p90: p90, at });

export const promise = (p50: string, p90: string): PromiseTold => ({ arrival_p50: p50, arrival_p90: p90, ready_p90: p90, version: 1, reason: '', credit_minor: 0 });

export const unit = (id: string, over: Partial<UnitView> = {}): UnitView => ({
  id,
  name: id,
  kind: 'van',
  plate: '4M27',
  state: 'available',
  stale: false,
  position: null,
  soc: 0.8,
  energy_kwh: 48,
  usable_kwh: 60,
  reserve_kwh: 9,
  power_kw: 40,
  crew: null,
  shift: null,
  site: null,
  charge: null,
  ...over,
});

export const board = (units: UnitView[], seq: number): Board => ({
  server_time: minute(0),
  speed: 10,
  seq,
  area: { id: 'a', name: 'Monaco', slug: 'monaco', time_zone: 'Europe/Monaco', currency: 'EUR', locale: 'en', center: { lat: 43.7, lon: 7.4 }, bounds: [7.3, 43.7, 7.5, 43.8] },
  plan: { version: 1, published_at: null, causes: [], cost_milli: 0 },
  units,
  requests: [],
  routes: [],
  depots: [],
  sites: [],
  figures: { served_today: 0, open: 0, on_time_share: null, time_to_plug_p50_s: null, time_to_plug_p90_s: null, energy_out_kwh: 0, in_packs_kwh: 0, packs_total_kwh: 0, not_served: 0 },
  risks: [],
  closures: [],
});

export const risk = (kind: RiskView['kind'], over: Partial<RiskView> = {}): RiskView => ({
  id: `risk-${kind}`,
  kind,
  cause: '',
  since: minute(0),
  at: null,
  facts: {},
  hurt: [],
  unit: null,
  request: null,
  stop: null,
  plug: null,
  fix: null,
  ...over,
});

export const request = (id: string, over: Partial<RequestView> = {}): RequestView => ({
  id,
  status: 'booked',
  urgency: 'normal',
  location: { lat: 43.7, lon: 7.4 },
  site: null,
  place_text: id,
  vehicle: { name: 'Renault 5', model: 'Renault 5', plate: '7Q41' },
  energy_kwh: 20,
  window: { earliest: minute(0), latest: minute(59) },
  promise: promise(minute(20), minute(28)),
  eta: eta(minute(0), minute(20), minute(28)),
  unit: 'V-1',
  cause: '',
  ended_at: null,
  created_at: minute(0),
  not_served: null,
  ...over,
});

export const stop = (over: Partial<StopView> = {}): StopView => ({
  id: 's',
  kind: 'serve',
  state: 'planned',
  request: null,
  place: { name: 'quay', lat: 43.7, lon: 7.4 },
  depart: minute(10),
  arrive: minute(15),
  start: minute(15),
  end: minute(40),
  energy_kwh: 20,
  pack_before_kwh: 47,
  pack_after_kwh: 25,
  locked: false,
  lock: null,
  revision: 1,
  ...over,
});

export const crewStop = (over: Partial<CrewStop> = {}): CrewStop => ({ ...stop(), entrance: null, charge: null, session: null, plug_name: null, plug_power_kw: null, ...over });

export const car: Vehicle = {
  id: 'c1', name: 'Renault 5', plate: '7Q41', model: 'Renault 5', catalogue: null, usable_kwh: 52, max_dc_kw: 100, max_ac_kw: 11, voltage_v: 400,
  connectors: ['CCS'], inlet: '', km_per_kwh: 6.4, soc_hint: 0.18,
};

export const session = (over: Partial<Session> = {}): Session => ({
  state: 'Charging',
  started_at: minute(20),
  ended_at: null,
  energy_wh: 0,
  soc_start: null,
  soc: null,
  power_w: null,
  expected_end: minute(50),
  ...over,
});

export const charge = (over: Partial<ChargeRequest> = {}): ChargeRequest => ({
  id: 'q1',
  status: 'en_route',
  version: 1,
  vehicle: { id: 'c1', name: 'Renault 5', plate: '7Q41', model: 'Renault 5', usable_kwh: 52 },
  location: { lat: 43.74, lon: 7.42 },
  place_text: 'bd des Moulins',
  site: null,
  energy_kwh: 35,
  soc_from: 0.18,
  soc_after: 0.8,
  window: { earliest: minute(0), latest: minute(59) },
  urgency: 'normal',
  promise: promise(minute(20), minute(28)),
  eta: eta(minute(1), minute(20), minute(28)),
  unit: { id: 'V-1', name: 'V-1', kind: 'van', plate: '4M27', position: null, soc: 0.7 },
  session: null,
  stage_at: {},
  price: { total_minor: 3475, currency: 'EUR', lines: [] },
  pin: null,
  cancel_price: null,
  cause: '',
  not_served: null,
  created_at: minute(0),
  ...over,
});

export const offer = (total_minor: number): Offer => ({
  id: String(total_minor),
  kind: 'asap',
  relaxes: '',
  text: '',
  unit: { kind: 'van', power_kw: 40 },
  arrival_p50: minute(20),
  arrival_p90: minute(28),
  ready_p90: minute(59),
  energy_kwh: 20,
  soc_after: 0.8,
  price: { total_minor, currency: 'EUR', lines: [] },
  expires_at: minute(5),
});
