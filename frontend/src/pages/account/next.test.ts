import { describe, expect, it } from 'vitest';
import { findNext } from './next';

describe('where one goes on after signing in', () => {
  it('is where one wanted to go', () => {
    expect(findNext('?next=/ops/')).toBe('/ops/');
  });

  it.each(['', '?next=', '?next=https://elsewhere.test/', '?next=//elsewhere.test', '?next=/%5Celsewhere.test', '?next=javascript:alert(1)'])('is never another house: %s', (search) => {
    expect(findNext(search)).toBe('/account/');
  });
});
