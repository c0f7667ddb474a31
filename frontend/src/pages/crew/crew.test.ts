import { describe, expect, it } from 'vitest';
import type { CrewStop } from '../../api/crewTypes';
import { isOpen, nextVerb } from './nextAction';

const stop = (over: Partial<CrewStop>): CrewStop => ({
  id: 's1',
  kind: 'serve',
  state: 'planned',
  request: null,
  place: { name: 'quay', lat: 43.7, lon: 7.4 },
  depart: null,
  arrive: '',
  start: '',
  end: '',
  energy_kwh: 20,
  pack_before_kwh: 40,
  pack_after_kwh: 18,
  locked: false,
  ...over,
});

describe('the one thing to do next', () => {
  it('goes from driving to finishing, one verb at a time', () => {
    const verbs = (['planned', 'dispatched', 'arrived', 'working', 'done'] as const).map((state) => nextVerb(stop({ state })));
    expect(verbs).toEqual(['depart', 'arrive', 'start', 'finish', null]);
  });

  it('starts nothing at the end of a route', () => {
    expect(nextVerb(stop({ kind: 'hold', state: 'arrived' }))).toBe('finish');
  });

  it('passes over what is done, failed or skipped', () => {
    expect((['done', 'failed', 'skipped'] as const).some((state) => isOpen(stop({ state })))).toBe(false);
    expect(isOpen(stop({}))).toBe(true);
  });
});
