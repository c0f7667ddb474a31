import { describe, expect, it } from 'vitest';
import { crewStop as stop } from '../../testing/documents';
import { isOpen, nextVerb } from './nextAction';

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
