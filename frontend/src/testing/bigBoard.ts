import type { Board, RequestView, RouteView, StopView, UnitView } from '../api/opsTypes';
import type { StopKind, StopState, UnitState } from '../api/types';

const MINUTE_MS = 60_000;
const kinds: StopKind[] = ['serve', 'serve', 'serve', 'recharge', 'serve', 'break'];
const states: UnitState[] = ['available', 'travelling', 'on_site', 'delivering', 'recharging', 'on_break'];
const cars = ['Renault 5', 'Zoe', 'Fiat 500e', 'Kia EV6', 'Mini Cooper SE'];

/** Numbers in 0..1 that look random and are the same each time. */
function makeChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

interface Size {
  units: number;
  stops: number;
  nowMs: number;
  seed?: number;
}

/** A board as large as a city's: so many units, so many stops among them, a request for every visit to a car. */
export function bigBoard(base: Board, { units, stops, nowMs, seed = 7 }: Size): Board {
  const chance = makeChance(seed);
  const [west, south, east, north] = base.area.bounds;
  const spot = () => ({ lat: south + (north - south) * (0.2 + 0.6 * chance()), lon: west + (east - west) * (0.2 + 0.6 * chance()) });
  const iso = (ms: number) => new Date(ms).toISOString();
  const fleet: UnitView[] = [];
  const routes: RouteView[] = [];
  const requests: RequestView[] = [];
  const each = Math.floor(stops / units);
  for (let number = 0; number < units; number += 1) {
    const id = `unit-${String(number)}`;
    const pack = 40 + Math.round(chance() * 60);
    const begin = nowMs - 90 * MINUTE_MS + Math.round(chance() * 30) * MINUTE_MS;
    const route: StopView[] = [];
    let [clock, level] = [begin, pack * 0.9];
    for (let index = 0; index < each; index += 1) {
      const kind = kinds[index % kinds.length] ?? 'serve';
      const energy = kind === 'break' ? 0 : 5 + Math.round(chance() * 20);
      const arrive = clock + (6 + chance() * 10) * MINUTE_MS;
      const end = arrive + (kind === 'break' ? 30 : 15 + energy) * MINUTE_MS;
      const before = level;
      level = Math.min(pack, Math.max(0, kind === 'recharge' ? level + energy : level - energy * 0.6));
      const request = kind === 'serve' ? `request-${String(number)}-${String(index)}` : null;
      const state: StopState = end < nowMs ? 'done' : arrive < nowMs ? 'working' : 'planned';
      const where = spot();
      route.push({
        id: `stop-${String(number)}-${String(index)}`, kind, state, request, place: { name: `rue ${String(1 + Math.floor(chance() * 400))}`, ...where },
        depart: iso(clock), arrive: iso(arrive), start: iso(arrive), end: iso(end), energy_kwh: energy, pack_before_kwh: before, pack_after_kwh: level,
        locked: false, lock: null, revision: 1,
      });
      if (request && state !== 'done') requests.push(makeRequest(request, id, where, cars[Math.floor(chance() * cars.length)] ?? 'Zoe', arrive, chance, iso));
      clock = end;
    }
    routes.push({ unit: id, stops: route });
    fleet.push({
      id, name: `V-${String(number + 1)}`, kind: number % 9 === 8 ? 'robot' : 'van', plate: `BIG-${String(number)}`, state: states[number % states.length] ?? 'available', stale: number % 50 === 49,
      position: { ...spot(), heading: Math.round(chance() * 360), speed_mps: 8, at: iso(nowMs) }, soc: level / pack, energy_kwh: level, usable_kwh: pack, reserve_kwh: pack * 0.15, power_kw: 60,
      crew: null, shift: { start: iso(begin), end: iso(begin + 9 * 60 * MINUTE_MS) }, site: null, charge: null,
    });
  }
  return { ...base, units: fleet, routes, requests };
}

function makeRequest(id: string, unit: string, location: { lat: number; lon: number }, car: string, arriveMs: number, chance: () => number, iso: (ms: number) => string): RequestView {
  const late = chance() < 0.03;
  const p90 = arriveMs + 8 * MINUTE_MS;
  return {
    id, status: 'booked', urgency: chance() < 0.01 ? 'stranded' : 'normal', location, site: null, place_text: `place ${id.slice(8)}`, vehicle: { name: car, model: car, plate: id.slice(8) },
    energy_kwh: 18, window: { earliest: iso(arriveMs), latest: iso(arriveMs + 60 * MINUTE_MS) },
    promise: { arrival_p50: iso(arriveMs), arrival_p90: iso(late ? arriveMs : p90), ready_p90: iso(p90), version: 1, reason: '', credit_minor: 0 },
    eta: { arrival_p10: iso(arriveMs), arrival_p50: iso(arriveMs), arrival_p90: iso(p90), ready_p50: iso(p90), ready_p90: iso(p90), at: iso(arriveMs) },
    unit, not_served: null, cause: '', created_at: iso(arriveMs - 120 * MINUTE_MS), ended_at: null,
  };
}
