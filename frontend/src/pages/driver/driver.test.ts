import { describe, expect, it } from 'vitest';
import { car, charge, minute, offer, session } from '../../testing/documents';
import { chargeNow } from './charge';
import { offerTags } from './offerTags';
import { batteryKwh, buildWish, isFault, nextInstant, startDraft } from './wish';

const MONACO = 'Europe/Monaco';
const noon = Date.parse('2026-11-21T11:00:00Z');
const quay = { lat: 43.7381234567, lon: 7.4246, street: null, site: null };

describe('the draft', () => {
  it('starts from what the car last had, and asks for the usual 80 %', () => {
    const draft = startDraft(car);
    expect(draft).toMatchObject({ soc: 0.18, target: 0.8 });
    expect(batteryKwh(draft, car)).toBeCloseTo(32.24, 2);
  });

  it('asks for more than there is even when the car is nearly full', () => {
    expect(startDraft({ ...car, soc_hint: 0.85 }).target).toBeCloseTo(0.95, 5);
  });
});

describe('the wish', () => {
  it('has no window when it is for as soon as possible', () => {
    const wish = buildWish(startDraft(car), quay, noon, MONACO);
    expect(wish).toEqual({ vehicle: 'c1', location: { lat: 43.738123, lon: 7.4246 }, soc: 0.18, target_soc: 0.8, urgency: 'normal' });
  });

  it('names the street, or the car park when the car stands in one', () => {
    const draft = startDraft(car);
    expect(buildWish(draft, { ...quay, street: 'Quai Albert 1er' }, noon, MONACO)).toMatchObject({ place_text: 'Quai Albert 1er' });
    const parked = buildWish(draft, { ...quay, street: 'Quai Albert 1er', site: { id: 's1', name: 'Parking' } }, noon, MONACO);
    expect(parked).toMatchObject({ site: 's1' });
    expect(parked).not.toHaveProperty('place_text');
  });

  it('takes the next time the clocks of the area show', () => {
    expect(nextInstant('14:30', noon, MONACO)).toBe('2026-11-21T13:30:00Z');
    expect(nextInstant('11:30', noon, MONACO)).toBe('2026-11-22T10:30:00Z');
    expect(nextInstant('soon', noon, MONACO)).toBeNull();
  });

  it('is refused on the page when it cannot be meant', () => {
    const draft = startDraft(car);
    const none = buildWish({ ...draft, target: 0.1 }, quay, noon, MONACO);
    const backwards = buildWish({ ...draft, when: 'pick', from: '18:00', until: '15:00' }, quay, noon, MONACO);
    expect([isFault(none), isFault(backwards)]).toEqual([true, true]);
  });
});

describe('the level while charging', () => {
  const at = (count: number) => Date.parse(minute(count));

  it('is what the car reads, when it reads', () => {
    const read = charge({ status: 'charging', session: session({ soc: 0.46, energy_wh: 14_600, soc_start: 0.2 }) });
    expect(chargeNow(read, at(30))).toMatchObject({ soc: 0.46, startSoc: 0.2, read: true });
  });

  it('follows the meter when the car says nothing', () => {
    const metered = charge({ status: 'charging', session: session({ energy_wh: 17_500 }) });
    expect(chargeNow(metered, at(30))?.soc).toBeCloseTo(0.49, 5);
  });

  it('is reckoned from the time when nobody says anything, and says so', () => {
    const silent = charge({ status: 'charging', session: session() });
    const now = chargeNow(silent, at(35));
    expect(now?.soc).toBeCloseTo(0.49, 5);
    expect(now?.read).toBe(false);
  });
});

describe('the tags of offers', () => {
  it('name the soonest, the cheapest and every difference', () => {
    expect(offerTags([offer(3475), offer(2845), offer(2254), offer(3600)])).toEqual([
      { kind: 'soonest' },
      { kind: 'less', differenceMinor: 630 },
      { kind: 'cheapest', differenceMinor: 1221 },
      { kind: 'more', differenceMinor: 125 },
    ]);
  });
});
