import { describe, expect, it } from 'vitest';
import { car, charge, minute, offer, session } from '../../testing/documents';
import { chargeNow } from './charge';
import { offerTags } from './offerTags';
import { listSlots } from './slots';
import { batteryKwh, buildWish, isFault, nextInstant, startDraft, stepShare, withSoc } from './wish';

const MONACO = 'Europe/Monaco';
const noon = Date.parse('2026-11-21T11:00:00Z');
const quay = { lat: 43.7381234567, lon: 7.4246, street: null, site: null, chosen: false };

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

describe('the knob', () => {
  const draft = startDraft(car);

  it('moves by a percent, a kilowatt-hour or five kilometres', () => {
    expect(stepShare(draft, car)).toBe(0.01);
    expect(stepShare({ ...draft, measure: 'kwh' }, car) * car.usable_kwh).toBeCloseTo(1, 9);
    expect(stepShare({ ...draft, measure: 'km' }, car) * car.usable_kwh * car.km_per_kwh).toBeCloseTo(5, 9);
  });

  it('stays above what the car has', () => {
    expect(withSoc(draft, 0.9)).toEqual({ soc: 0.9, target: 0.91 });
    expect(withSoc(draft, 2)).toEqual({ soc: 0.98, target: 0.99 });
  });
});

describe('the wish', () => {
  it('has no window when it is for as soon as possible', () => {
    const wish = buildWish(startDraft(car), car, quay, noon, MONACO);
    expect(wish).toEqual({ vehicle: 'c1', location: { lat: 43.738123, lon: 7.4246 }, soc: 0.18, target_soc: 0.8, urgency: 'normal' });
  });

  it('names the street, or the car park when the car stands in one', () => {
    const draft = startDraft(car);
    expect(buildWish(draft, car, { ...quay, street: 'Quai Albert 1er' }, noon, MONACO)).toMatchObject({ place_text: 'Quai Albert 1er' });
    const parked = buildWish(draft, car, { ...quay, street: 'Quai Albert 1er', site: { id: 's1', name: 'Parking' } }, noon, MONACO);
    expect(parked).toMatchObject({ site: 's1' });
    expect(parked).not.toHaveProperty('place_text');
  });

  it('takes the next time the clocks of the area show', () => {
    expect(nextInstant('14:30', noon, MONACO)).toBe('2026-11-21T13:30:00Z');
    expect(nextInstant('11:30', noon, MONACO)).toBe('2026-11-22T10:30:00Z');
    expect(nextInstant('soon', noon, MONACO)).toBeNull();
  });

  it('carries exactly one amount, in the measure it was said in', () => {
    const draft = { ...startDraft(car), target: 0.18 + 25 / car.usable_kwh };
    const energy = buildWish({ ...draft, measure: 'kwh' }, car, quay, noon, MONACO);
    const range = buildWish({ ...draft, measure: 'km' }, car, quay, noon, MONACO);
    expect([energy, range].map((wish) => Object.keys(wish).filter((key) => ['target_soc', 'energy_kwh', 'range_km'].includes(key)))).toEqual([['energy_kwh'], ['range_km']]);
    expect(energy).toMatchObject({ energy_kwh: 25 });
    expect(range).toMatchObject({ range_km: 160 });
  });

  it('asks for a full battery by its level, whatever the measure: no rounding overfills it', () => {
    const full = buildWish({ ...startDraft(car), target: 1, measure: 'kwh' }, car, quay, noon, MONACO);
    expect(full).toMatchObject({ target_soc: 1 });
    expect(full).not.toHaveProperty('energy_kwh');
  });

  it('for a half hour lasts as long as it', () => {
    const [slot = ''] = listSlots(noon);
    expect(slot).toBe('2026-11-21T11:30:00Z');
    const wish = buildWish({ ...startDraft(car), when: 'slot', slot }, car, quay, noon, MONACO);
    expect(wish).toMatchObject({ earliest: slot, latest: '2026-11-21T12:00:00Z' });
  });

  it('of somebody stranded has no window', () => {
    const wish = buildWish({ ...startDraft(car), stranded: true, when: 'window', from: '18:00' }, car, quay, noon, MONACO);
    expect(wish).not.toHaveProperty('earliest');
  });

  it('is refused on the page when it cannot be meant', () => {
    const draft = startDraft(car);
    const none = buildWish({ ...draft, target: 0.1 }, car, quay, noon, MONACO);
    const backwards = buildWish({ ...draft, when: 'window', from: '18:00', until: '15:00' }, car, quay, noon, MONACO);
    const slotless = buildWish({ ...draft, when: 'slot' }, car, quay, noon, MONACO);
    expect([isFault(none), isFault(backwards), isFault(slotless)]).toEqual([true, true, true]);
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
