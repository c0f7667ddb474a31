import type { QuoteWish, Vehicle } from '../../api/driverTypes';
import { slotEnd } from './slots';
import type { Spot } from './spot';

/** How the amount is said: up to which level, how much energy, or how far. */
export type Measure = 'soc' | 'kwh' | 'km';

/** What the driver is asking for, while it is being put together. */
export interface Draft {
  vehicle: string;
  soc: number;
  /** The level asked for, whatever measure it is said in. */
  target: number;
  measure: Measure;
  when: 'soon' | 'slot' | 'window';
  /** The half hour picked, as an instant. */
  slot: string | null;
  /** "HH:MM" in the area's time. */
  from: string;
  until: string;
  stranded: boolean;
}

const USUAL_TARGET = 0.8;
const LEAST = 0.01;
const KM_STEP = 5;
/** A page that counts itself must not ask for more than fits. */
const FULL = 0.99999;

const round2 = (share: number): number => Math.round(share * 100) / 100;

export function startDraft(vehicle: Vehicle): Draft {
  const soc = round2(vehicle.soc_hint);
  const target = Math.max(USUAL_TARGET, Math.min(1, soc + 0.1));
  return { vehicle: vehicle.id, soc, target, measure: 'soc', when: 'soon', slot: null, from: '', until: '', stranded: false };
}

/** Energy into the battery, in kWh: what the car will hold more. */
export function batteryKwh(draft: Draft, vehicle: Vehicle): number {
  return Math.max(0, draft.target - draft.soc) * vehicle.usable_kwh;
}

export function rangeKm(draft: Draft, vehicle: Vehicle): number {
  return Math.round(batteryKwh(draft, vehicle) * vehicle.km_per_kwh);
}

/** One step of the knob as a share of the battery: 1 %, 1 kWh or 5 km. */
export function stepShare(draft: Draft, vehicle: Vehicle): number {
  if (draft.measure === 'kwh') return 1 / vehicle.usable_kwh;
  if (draft.measure === 'km' && vehicle.km_per_kwh > 0) return KM_STEP / vehicle.km_per_kwh / vehicle.usable_kwh;
  return LEAST;
}

export function withTarget(draft: Draft, target: number): Partial<Draft> {
  return { target: draft.measure === 'soc' ? round2(target) : target };
}

/** Another level now: what is asked stays above it. */
export function withSoc(draft: Draft, soc: number): Partial<Draft> {
  const next = round2(Math.min(1 - 2 * LEAST, Math.max(0, soc)));
  return { soc: next, target: Math.max(draft.target, round2(next + LEAST)) };
}

/** The amount as the house reads it: exactly what the page shows. */
function amountOf(draft: Draft, vehicle: Vehicle): Partial<Pick<QuoteWish, 'target_soc' | 'energy_kwh' | 'range_km'>> {
  if (draft.measure === 'soc' || draft.target >= FULL) return { target_soc: Math.min(1, round2(draft.target)) };
  if (draft.measure === 'kwh') return { energy_kwh: Number(batteryKwh(draft, vehicle).toFixed(1)) };
  return { range_km: Math.max(1, rangeKm(draft, vehicle)) };
}

const DAY_MS = 86_400_000;

/** The next instant at which the area's clocks show `clock` ("HH:MM"); null for anything else. */
export function nextInstant(clock: string, nowMs: number, timeZone: string): string | null {
  const match = /^(\d{2}):(\d{2})$/.exec(clock);
  if (!match) return null;
  const shown = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
    .format(nowMs)
    .split(':')
    .map(Number);
  const [hour = 0, minute = 0, second = 0] = shown;
  const wanted = (Number(match[1]) * 60 + Number(match[2])) * 60_000;
  const passed = ((hour * 60 + minute) * 60 + second) * 1000;
  const ahead = (wanted - passed + DAY_MS) % DAY_MS;
  return new Date(Math.round((nowMs + ahead) / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}

export interface WishFault {
  field: 'target' | 'window' | 'slot';
}

type Times = Pick<QuoteWish, 'earliest' | 'latest'>;

function timesOf(draft: Draft, nowMs: number, timeZone: string): Times | WishFault {
  if (draft.when === 'soon' || draft.stranded) return {};
  if (draft.when === 'slot') return draft.slot ? { earliest: draft.slot, latest: slotEnd(draft.slot) } : { field: 'slot' };
  const earliest = draft.from ? nextInstant(draft.from, nowMs, timeZone) : null;
  const latest = draft.until ? nextInstant(draft.until, nowMs, timeZone) : null;
  if (earliest && latest && Date.parse(latest) <= Date.parse(earliest)) return { field: 'window' };
  return { ...(earliest ? { earliest } : {}), ...(latest ? { latest } : {}) };
}

/** The wish as the house reads it, or what is wrong with it. */
export function buildWish(draft: Draft, vehicle: Vehicle, spot: Spot, nowMs: number, timeZone: string): QuoteWish | WishFault {
  if (draft.target <= draft.soc) return { field: 'target' };
  const times = timesOf(draft, nowMs, timeZone);
  if ('field' in times) return times;
  return {
    vehicle: draft.vehicle,
    location: { lat: Number(spot.lat.toFixed(6)), lon: Number(spot.lon.toFixed(6)) },
    ...(spot.site ? { site: spot.site.id } : {}),
    ...(spot.site || !spot.street ? {} : { place_text: spot.street }),
    soc: draft.soc,
    ...amountOf(draft, vehicle),
    urgency: draft.stranded ? 'stranded' : 'normal',
    ...times,
  };
}

export const isFault = (wish: QuoteWish | WishFault): wish is WishFault => 'field' in wish;
