import { describe, expect, it } from 'vitest';
import type { RequestView, StopView } from '../../api/opsTypes';
import { packCurve } from './packCurve';
import { queueGroups } from './queueGroups';
import { lateMs, requestShape } from './requestShape';

const at = (minute: number) => `2026-11-21T12:${String(minute).padStart(2, '0')}:00Z`;

const request = (id: string, over: Partial<RequestView> = {}): RequestView => ({
  id,
  status: 'booked',
  urgency: 'normal',
  location: { lat: 43.7, lon: 7.4 },
  place_text: id,
  vehicle: null,
  energy_kwh: 20,
  window: { earliest: at(0), latest: at(59) },
  promise: { arrival_p50: at(20), arrival_p90: at(28) },
  eta: { arrival_p50: at(20), arrival_p90: at(28), at: at(0) },
  unit: 'V-1',
  stop: null,
  created_at: at(0),
  not_served: null,
  ...over,
});

const late = { eta: { arrival_p50: at(25), arrival_p90: at(36), at: at(1) } };

describe('the shape of a request', () => {
  it('is its worst trouble', () => {
    expect(requestShape(request('a'))).toBe('booked');
    expect(requestShape(request('a', late))).toBe('at_risk');
    expect(requestShape(request('a', { urgency: 'stranded', ...late }))).toBe('stranded');
    expect(requestShape(request('a', { not_served: { code: 'fleet_saturated', detail: '' } }))).toBe('not_served');
    expect(requestShape(request('a', { status: 'completed', ...late }))).toBe('done');
  });

  it('is not at risk for seconds, nor once the unit stands there', () => {
    expect(lateMs(request('a', { eta: { arrival_p50: at(20), arrival_p90: '2026-11-21T12:28:40Z', at: at(1) } }))).toBe(0);
    expect(lateMs(request('a', { ...late, status: 'on_site' }))).toBe(0);
  });
});

describe('the queue', () => {
  it('puts the worst first, the soonest first in each group, and leaves out what is over', () => {
    const groups = queueGroups([
      request('later'),
      request('sooner', { eta: { arrival_p50: at(5), arrival_p90: at(9), at: at(0) } }),
      request('over', { status: 'cancelled' }),
      request('stuck', { urgency: 'stranded' }),
      request('unserved', { not_served: { code: 'energy_insufficient', detail: '' } }),
    ]);
    expect(groups.map((group) => [group.name, group.requests.map((one) => one.id)])).toEqual([
      ['stranded', ['stuck']],
      ['at_risk', ['unserved']],
      ['booked', ['sooner', 'later']],
    ]);
  });
});

describe('the pack over the day', () => {
  const stop = (over: Partial<StopView>): StopView => ({
    id: 's',
    kind: 'serve',
    state: 'planned',
    request: null,
    place: { name: 'quay', lat: 43.7, lon: 7.4 },
    depart: at(10),
    arrive: at(15),
    start: at(15),
    end: at(40),
    energy_kwh: 20,
    pack_before_kwh: 47,
    pack_after_kwh: 25,
    locked: false,
    ...over,
  });
  const now = Date.parse(at(5));

  it('starts from what is in it now and ends as planned', () => {
    const curve = packCurve([stop({}), stop({ kind: 'recharge', depart: at(45), arrive: at(50), start: at(50), end: at(59), pack_before_kwh: 24, pack_after_kwh: 33 })], now, 48);
    expect(curve.planned[0]).toEqual({ ms: now, kwh: 48 });
    expect(curve.low.kwh).toBe(24);
    expect(curve.atEndKwh).toBe(33);
  });

  it('keeps the level between the end of one stop and the departure to the next', () => {
    const curve = packCurve([stop({}), stop({ depart: at(45), arrive: at(50), start: at(50), end: at(55), pack_before_kwh: 24, pack_after_kwh: 20 })], now, 48);
    expect(curve.planned).toContainEqual({ ms: Date.parse(at(45)), kwh: 25 });
  });

  it('shows a done stop as fact only', () => {
    const curve = packCurve([stop({ state: 'done', depart: at(0), arrive: at(1), start: at(1), end: at(4) })], now, 25);
    expect(curve.past.map((point) => point.kwh)).toEqual([47, 47, 25, 25]);
    expect(curve.planned).toEqual([{ ms: now, kwh: 25 }]);
  });
});
