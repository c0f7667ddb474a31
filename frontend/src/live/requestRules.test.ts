import { describe, expect, it } from 'vitest';
import type { ChargeRequest } from '../api/driverTypes';
import type { CrewDay } from '../api/crewTypes';
import { dayRules } from './dayRules';
import { requestRules } from './requestRules';
import { emptyStream, takeFrame } from './stream';
import type { Frame } from './frames';

const eta = (at: string, p50: string) => ({ arrival_p10: p50, arrival_p50: p50, arrival_p90: p50, ready_p50: p50, ready_p90: p50, at });

const request = (over: Partial<ChargeRequest> = {}): ChargeRequest => ({
  id: 'q1',
  status: 'en_route',
  version: 1,
  vehicle: { id: 'c1', name: 'Renault 5', plate: '7Q41' },
  location: { lat: 43.74, lon: 7.42 },
  place_text: 'bd des Moulins',
  site: null,
  energy_kwh: 32.2,
  soc_after: 0.8,
  window: { earliest: '2026-11-21T08:00:00Z', latest: '2026-11-21T20:00:00Z' },
  urgency: 'normal',
  pin: '4827',
  promise: { arrival_p50: '2026-11-21T08:20:00Z', arrival_p90: '2026-11-21T08:28:00Z', ready_p90: '2026-11-21T09:05:00Z', version: 1 },
  eta: eta('2026-11-21T08:01:00Z', '2026-11-21T08:20:00Z'),
  unit: { id: 'V-1', name: 'V-1', kind: 'van', plate: '4M27', position: null },
  session: null,
  stage_at: {},
  price: { total_minor: 3475, currency: 'EUR', lines: [] },
  created_at: '2026-11-21T08:00:00Z',
  ...over,
});

const follow = (...frames: Frame[]) =>
  frames.reduce((state, frame) => takeFrame(state, frame, requestRules).state, emptyStream<ChargeRequest>()).document;

const snapshot: Frame = { type: 'snapshot', seq: 3, at: '2026-11-21T08:01:00Z', data: request() };
const moved: Frame = {
  type: 'live',
  at: '2026-11-21T08:05:00Z',
  data: { position: { lat: 43.735, lon: 7.42, heading: 10, at: '2026-11-21T08:05:00Z' }, eta: eta('2026-11-21T08:05:00Z', '2026-11-21T08:22:00Z') },
};

describe('a request followed', () => {
  it('shows the unit where it was last seen and the latest estimate', () => {
    expect(follow(snapshot, moved)).toMatchObject({ unit: { position: { lat: 43.735 } }, eta: { arrival_p50: '2026-11-21T08:22:00Z' } });
  });

  it('keeps the newer estimate when a durable message carries an older one', () => {
    const told: Frame = { type: 'durable', event: 'promise_moved', seq: 4, at: '2026-11-21T08:05:01Z', data: request({ version: 2 }) };
    expect(follow(snapshot, moved, told)).toMatchObject({ version: 2, eta: { arrival_p50: '2026-11-21T08:22:00Z' } });
  });

  it('forgets where the unit is once it has arrived', () => {
    const arrived: Frame = {
      type: 'durable',
      event: 'on_site',
      seq: 4,
      at: '2026-11-21T08:21:00Z',
      data: request({ status: 'on_site', unit: { id: 'V-1', name: 'V-1', kind: 'van', plate: '4M27' } }),
    };
    expect(follow(snapshot, moved, arrived)?.unit?.position).toBeUndefined();
  });

  it('shows live power and level only while a session runs', () => {
    const power: Frame = { type: 'live', at: '2026-11-21T08:30:00Z', data: { soc: 0.46, power: 58_600 } };
    const session = { state: 'Charging', started_at: null, energy_wh: 14_600, soc: 0.4, power_w: 0, expected_end: null };
    const started: Frame = { type: 'durable', event: 'charging', seq: 4, at: '2026-11-21T08:25:00Z', data: request({ status: 'charging', session }) };
    expect(follow(snapshot, power)?.session).toBeNull();
    expect(follow(snapshot, started, power)?.session).toMatchObject({ soc: 0.46, power_w: 58_600, energy_wh: 14_600 });
  });
});

describe("a crew's day", () => {
  const day: CrewDay = { server_time: '', speed: 10, seq: 1, unit: null, shift: { start: 'a', end: 'b' }, stops: [] };
  const first = takeFrame(emptyStream<CrewDay>(), { type: 'snapshot', seq: 1, at: '', data: day }, dayRules).state;

  it('takes changed parts whole and leaves the rest', () => {
    const next = takeFrame(first, { type: 'durable', event: 'stops', seq: 2, at: '', data: { shift: null } }, dayRules).state;
    expect(next.document).toEqual({ ...day, seq: 2, shift: null });
  });
});
