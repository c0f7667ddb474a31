import type { QuoteWish, Vehicle } from '../../api/driverTypes';
import type { Spot } from './spot';

/** What the driver is asking for, while it is being put together. */
export interface Draft {
  vehicle: string;
  soc: number;
  target: number;
  when: 'soon' | 'pick';
  /** "HH:MM" in the area's time. */
  from: string;
  until: string;
  stranded: boolean;
}

const USUAL_TARGET = 0.8;

export function startDraft(vehicle: Vehicle): Draft {
  const soc = Math.round(vehicle.soc_hint * 100) / 100;
  return { vehicle: vehicle.id, soc, target: Math.max(USUAL_TARGET, Math.min(1, soc + 0.1)), when: 'soon', from: '', until: '', stranded: false };
}

/** Energy into the battery, in kWh: what the car will hold more. */
export function batteryKwh(draft: Draft, vehicle: Vehicle): number {
  return Math.max(0, draft.target - draft.soc) * vehicle.usable_kwh;
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
  field: 'target' | 'window';
}

/** The wish as the house reads it, or what is wrong with it. */
export function buildWish(draft: Draft, spot: Spot, nowMs: number, timeZone: string): QuoteWish | WishFault {
  if (draft.target <= draft.soc) return { field: 'target' };
  const wish: QuoteWish = {
    vehicle: draft.vehicle,
    location: { lat: Number(spot.lat.toFixed(6)), lon: Number(spot.lon.toFixed(6)) },
    ...(spot.site ? { site: spot.site.id } : {}),
    ...(spot.site || !spot.street ? {} : { place_text: spot.street }),
    soc: draft.soc,
    target_soc: draft.target,
    urgency: draft.stranded ? 'stranded' : 'normal',
  };
  if (draft.when === 'soon') return wish;
  const earliest = draft.from ? nextInstant(draft.from, nowMs, timeZone) : null;
  const latest = draft.until ? nextInstant(draft.until, nowMs, timeZone) : null;
  if (earliest && latest && Date.parse(latest) <= Date.parse(earliest)) return { field: 'window' };
  return { ...wish, ...(earliest ? { earliest } : {}), ...(latest ? { latest } : {}) };
}

export const isFault = (wish: QuoteWish | WishFault): wish is WishFault => 'field' in wish;
