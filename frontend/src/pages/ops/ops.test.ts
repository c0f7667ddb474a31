import { describe, expect, it } from 'vitest';
import { eta, minute, request, stop } from '../../testing/documents';
import { packCurve } from './packCurve';
import { queueGroups } from './queueGroups';
import { lateMs, requestShape } from './requestShape';

const late = { eta: eta(minute(1), minute(25), minute(36)) };

describe('the shape of a request', () => {
  it('is its worst trouble', () => {
    expect(requestShape(request('a'))).toBe('booked');
    expect(requestShape(request('a', late))).toBe('at_risk');
    expect(requestShape(request('a', { urgency: 'stranded', ...late }))).toBe('stranded');
    expect(requestShape(request('a', { not_served: { code: 'fleet_saturated', detail: '' } }))).toBe('not_served');
    expect(requestShape(request('a', { status: 'completed', ...late }))).toBe('done');
  });

  it('is not at risk for seconds, nor once the unit stands there', () => {
    expect(lateMs(request('a', { eta: eta(minute(1), minute(20), '2026-11-21T12:28:40Z') }))).toBe(0);
    expect(lateMs(request('a', { ...late, status: 'on_site' }))).toBe(0);
  });
});

describe('the queue', () => {
  it('puts the worst first, the soonest first in each group, and leaves out what is over', () => {
    const groups = queueGroups([
      request('later'),
      request('sooner', { eta: eta(minute(0), minute(5), minute(9)) }),
      request('over', { status: 'cancelled' }),
      request('stuck', { urgency: 'stranded', status: 'en_route' }),
      request('charging', { status: 'charging' }),
      request('unserved', { not_served: { code: 'energy_insufficient', detail: '' } }),
    ]);
    expect(groups.map((group) => [group.name, group.requests.map((one) => one.id)])).toEqual([
      ['stranded', ['stuck']],
      ['at_risk', ['unserved']],
      ['under_way', ['charging']],
      ['booked', ['sooner', 'later']],
    ]);
  });
});

describe('the pack over the day', () => {
  const now = Date.parse(minute(5));

  it('starts from what is in it now and ends as planned', () => {
    const curve = packCurve([stop({}), stop({ kind: 'recharge', depart: minute(45), arrive: minute(50), start: minute(50), end: minute(59), pack_before_kwh: 24, pack_after_kwh: 33 })], now, 48);
    expect(curve.planned[0]).toEqual({ ms: now, kwh: 48 });
    expect(curve.low.kwh).toBe(24);
    expect(curve.atEndKwh).toBe(33);
  });

  it('keeps the level between the end of one stop and the departure to the next', () => {
    const curve = packCurve([stop({}), stop({ depart: minute(45), arrive: minute(50), start: minute(50), end: minute(55), pack_before_kwh: 24, pack_after_kwh: 20 })], now, 48);
    expect(curve.planned).toContainEqual({ ms: Date.parse(minute(45)), kwh: 25 });
  });

  it('shows a done stop as fact only', () => {
    const curve = packCurve([stop({ state: 'done', depart: minute(0), arrive: minute(1), start: minute(1), end: minute(4) })], now, 25);
    expect(curve.past.map((point) => point.kwh)).toEqual([47, 47, 25, 25]);
    expect(curve.planned).toEqual([{ ms: now, kwh: 25 }]);
  });
});
