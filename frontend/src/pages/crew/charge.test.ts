import { describe, expect, it } from 'vitest';
import { crewStop, minute } from '../../testing/documents';
import { chargeNow, endingOf, type Flow } from './chargeShare';
import { confirmed } from './checks';

const flow: Flow = { state: 'Charging', power_w: 41_500, energy_wh: 6_000, energy_kwh: 6, soc: 0.52, ends_at: minute(50), request: 'q1', at: minute(30) };
const working = crewStop({ state: 'working', start: minute(20), end: minute(50), energy_kwh: 12 });
const told = { ...working, session: { state: 'Finishing', ended: true, delivered_kwh: 9.5 } };

describe('a charge as the crew sees it', () => {
  it('is what the charger reads', () => {
    expect(chargeNow(working, flow, Date.parse(minute(30)))).toEqual({ soc: 0.52, deliveredKwh: 6, leftS: 1200, powerKw: 41.5 });
  });

  it('is reckoned from the time where the charger tells nothing', () => {
    expect(chargeNow(working, null, Date.parse(minute(35)))).toMatchObject({ deliveredKwh: 6, powerKw: null });
  });

  it('is over with the last reading', () => {
    expect(chargeNow(told, null, Date.parse(minute(40)))).toMatchObject({ deliveredKwh: 9.5, leftS: 0 });
  });

  it('is ended by the charger when told, and by hand without a line or a word', () => {
    expect([endingOf(working, flow, false), endingOf(working, flow, true), endingOf(working, null, false), endingOf(told, null, false)]).toEqual([
      'told', 'by-hand', 'by-hand', 'ended',
    ]);
  });
});

describe('the right car', () => {
  it('is confirmed by its plate; one without, by what was read or by a PIN', () => {
    const read = (words: string) => confirmed('', { done: {}, meter: '', read: words });
    expect([confirmed('MC 1', { done: {}, meter: '' }), read(' MC 2 '), read('0417')]).toEqual([{ plate: 'MC 1' }, { plate: 'MC 2' }, { pin: '0417' }]);
  });
});
