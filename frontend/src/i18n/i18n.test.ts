import { describe, expect, it } from 'vitest';
import { chargers as chargersEn } from './en/chargers';
import { roads as roadsEn } from './en/roads';
import { common as commonEn } from './en/common';
import { crew as crewEn } from './en/crew';
import { driver as driverEn } from './en/driver';
import { landing as landingEn } from './en/landing';
import { ops as opsEn } from './en/ops';
import { chargers } from './fr/chargers';
import { roads } from './fr/roads';
import { common } from './fr/common';
import { crew } from './fr/crew';
import { driver } from './fr/driver';
import { landing } from './fr/landing';
import { ops } from './fr/ops';
import { pickLanguage } from './language';
import { makeStrange, strangeText } from './pseudo';

/** Every text of a catalogue by its path; those that take values are called with figures. */
function allTexts(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([name, value]: [string, unknown]): [string, string][] => {
    const here = path ? `${path}.${name}` : name;
    if (typeof value === 'string') return [[here, value]];
    if (typeof value === 'function') return ['7', 2].map((sample) => [here, String(Reflect.apply(value, undefined, Array(8).fill(sample)))]);
    return typeof value === 'object' && value !== null ? allTexts(value, here) : [];
  });
}

const french = { chargers, common, crew, driver, landing, ops, roads };
const english = { chargers: chargersEn, common: commonEn, crew: crewEn, driver: driverEn, landing: landingEn, ops: opsEn, roads: roadsEn };

describe('the French catalogue', () => {
  const texts = allTexts(french);

  it('puts no-break spaces where French typography wants them', () => {
    const bare = texts.filter(([, text]) => /[^\u00a0 ][;:!?](?![\w/])| [;:!?%»€]|« |\d (?:kWh|kW|km|min|h|m|s)\b/.test(text));
    expect(bare).toEqual([]);
  });

  it('writes typographic apostrophes', () => {
    expect(texts.filter(([, text]) => text.includes("'"))).toEqual([]);
  });

  it('has everything English has, and is not English', () => {
    const known = new Map(allTexts(english));
    expect([...new Map(texts).keys()].sort()).toEqual([...known.keys()].sort());
    const same = texts.filter(([path, text]) => text.length > 12 && known.get(path) === text);
    expect(same).toEqual([]);
  });
});

describe('the English catalogue', () => {
  it('says neither please nor oops, and never shouts', () => {
    expect(allTexts(english).filter(([, text]) => /please|oops|successfully|!/i.test(text))).toEqual([]);
  });
});

describe('the strange language', () => {
  it('changes every letter of every text, in lists and in what takes values', () => {
    const left = allTexts(makeStrange(english)).filter(([, text]) => /[A-Za-z]/.test(text));
    expect(left).toEqual([]);
  });

  it('marks where a text begins and ends', () => {
    expect(strangeText('On foot')).toBe('⟦Ǿƞ ƒǿǿŧ⟧');
  });
});

describe('the language of a page', () => {
  it('is the one chosen before', () => {
    expect(pickLanguage('fr', ['en-GB'])).toBe('fr');
  });

  it('is else the first of the reader that is spoken here', () => {
    expect(pickLanguage(null, ['de-CH', 'fr-CH', 'en'])).toBe('fr');
  });

  it('is English when nothing else fits', () => {
    expect(pickLanguage('klingon', ['de'])).toBe('en');
  });
});
