import { afterEach, describe, expect, it } from 'vitest';
import { setLanguage } from '../i18n/language';
import { ago } from './ago';
import { axisTime } from './axisTime';
import { clockTime } from './clockTime';
import { countdown } from './countdown';
import { dayName } from './dayName';
import { duration } from './duration';
import { kwh } from './kwh';
import { minutesLeft } from './minutesLeft';
import { minutesRange } from './minutesRange';
import { money } from './money';
import { percent } from './percent';
import { timeRange } from './timeRange';

const MONACO = 'Europe/Monaco';
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('times', () => {
  it('are shown by the clocks of the area, in winter and in summer', () => {
    expect(clockTime('2026-01-10T13:37:00Z', MONACO)).toBe('14:37');
    expect(clockTime('2026-07-10T13:37:00Z', MONACO)).toBe('15:37');
  });

  it('show midnight as 00:00 and nonsense as a dash', () => {
    expect(clockTime('2026-01-10T23:00:00Z', MONACO)).toBe('00:00');
    expect(clockTime('soon', MONACO)).toBe('–');
  });

  it('make a range, or one time when both ends are the same minute', () => {
    expect(plain(timeRange('2026-01-10T13:37:00Z', '2026-01-10T13:44:00Z', MONACO))).toBe('14:37 – 14:44');
    expect(timeRange('2026-01-10T13:37:00Z', '2026-01-10T13:37:30Z', MONACO)).toBe('14:37');
  });

  it('count down in whole minutes that never promise too much', () => {
    const now = Date.parse('2026-01-10T13:24:00Z');
    expect(plain(minutesRange(now, '2026-01-10T13:37:50Z', '2026-01-10T13:43:10Z'))).toBe('13 – 20 min');
    expect(plain(minutesRange(now, '2026-01-10T13:00:00Z', '2026-01-10T13:00:00Z'))).toBe('0 min');
    expect(minutesLeft(now, '2026-01-10T13:24:01Z')).toBe(1);
  });

  it('name the day of the area, not the day of UTC', () => {
    expect(dayName('2026-11-21T23:30:00Z', MONACO)).toBe('Sunday 22 November');
  });
});

describe('lengths of time', () => {
  it('read as minutes, then hours', () => {
    expect(plain(duration(24 * 60))).toBe('24 min');
    expect(plain(duration(65 * 60))).toBe('1 h 05');
  });

  it('tick as a short clock', () => {
    expect(countdown(252_000)).toBe('4:12');
    expect(countdown(-5)).toBe('0:00');
  });

  it('tell the age of a value', () => {
    expect(plain(ago(2_400))).toBe('2 s');
    expect(plain(ago(240_000))).toBe('4 min');
    expect(plain(ago(3 * 3_600_000))).toBe('3 h');
  });
});

describe('amounts', () => {
  it('are money in minor units, with a true minus', () => {
    expect(plain(money(3475, 'EUR'))).toBe('€ 34.75');
    expect(plain(money(-300, 'EUR'))).toBe('− € 3.00');
    expect(plain(money(120_000, 'EUR'))).toBe('€ 1,200.00');
  });

  it('are energy and shares with the unit after a no-break space', () => {
    expect(kwh(32.24)).toBe('32.2\u00a0kWh');
    expect(percent(0.804)).toBe('80\u00a0%');
  });
});

describe('in French', () => {
  afterEach(() => {
    setLanguage('en');
  });

  it('times carry their h, money its sign behind, numbers a comma', () => {
    setLanguage('fr');
    expect(plain(timeRange('2026-01-10T13:37:00Z', '2026-01-10T13:44:00Z', MONACO))).toBe('14 h 37 – 14 h 44');
    expect(plain(money(-3475, 'EUR'))).toBe('− 34,75 €');
    expect(kwh(32.24)).toBe('32,2\u00a0kWh');
    expect(dayName('2026-11-21T23:30:00Z', MONACO)).toBe('dimanche 22 novembre');
  });

  it('axes keep their figures', () => {
    setLanguage('fr');
    expect(axisTime('2026-01-10T13:37:00Z', MONACO)).toBe('14:37');
  });
});
