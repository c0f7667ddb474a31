import { describe, expect, it } from 'vitest';
import { crewStop as stop, minute } from '../../testing/documents';
import { CHECKS, checksNote, nextCheck, stepsLeft, type Checked } from './checks';
import { readMeter } from './meter';
import { networkOf } from './network';
import { isOpen, nextVerb, partOf } from './nextAction';
import { endsStop, failReason, tilesFor } from './problems';
import { countVisits, splitAtShiftEnd } from './shiftStops';

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

describe('the part of the page', () => {
  it('is the car once the crew is there, the charge while energy flows, else the list', () => {
    const parts = (['planned', 'dispatched', 'arrived', 'working'] as const).map((state) => partOf(stop({ state })));
    expect(parts).toEqual(['list', 'list', 'at-car', 'charging']);
    expect([partOf(stop({ kind: 'recharge', state: 'arrived' })), partOf(undefined)]).toEqual(['list', 'list']);
  });
});

describe('a meter as typed', () => {
  it('may have a comma or a point, and spaces between thousands', () => {
    expect(['4 118,2', '4118.2', '4\u00a0118.200'].map(readMeter)).toEqual([4_118_200, 4_118_200, 4_118_200]);
  });

  it('is nothing when it is no reading', () => {
    expect(['', '-3', '12.3456', '1e5', 'full', '.'].map(readMeter)).toEqual([null, null, null, null, null, null]);
  });
});

describe('the safety steps', () => {
  const all = (count: number): Checked => ({ meter: '1', done: Object.fromEntries(CHECKS.slice(0, count).map((check) => [check, minute(1)])) });

  it('count down to the start, one after the other', () => {
    expect([0, 4, 6].map((count) => stepsLeft(all(count)))).toEqual([6, 2, 0]);
    expect([0, 4, 6].map((count) => nextCheck(all(count)))).toEqual(['plate', 'meter', null]);
  });

  it('are written down with their times', () => {
    expect(checksNote(all(1))).toBe(`plate ${minute(1)}; secured -; cable -; isolation -; meter -; clear -`);
    expect(checksNote(all(6)).length).toBeLessThan(500);
  });
});

describe('a problem', () => {
  it('that needs a car is not asked where there is none', () => {
    expect(tilesFor(stop({ kind: 'recharge' })).map((tile) => tile.reason)).toEqual(['late', 'no_access', 'unit_fault', 'other']);
    expect(tilesFor(stop({}))).toHaveLength(8);
  });

  it('ends the stop, unless the crew is only late; an accident ends it as unsafe', () => {
    expect([endsStop('late'), endsStop('accident')]).toEqual([false, true]);
    expect(failReason('accident')).toBe('unsafe');
  });
});

describe('the badge', () => {
  it('says whether work is safe before it says anything else', () => {
    expect(networkOf('lost', 3)).toBe('offline');
    expect(networkOf('live', 3)).toBe('syncing');
    expect(networkOf('live', 0)).toBe('live');
    expect(networkOf('connecting', 0)).toBe('syncing');
  });
});

describe('the shift', () => {
  const kinds = (stops: readonly { kind: string }[]) => stops.map(({ kind }) => kind);
  const day = (['serve', 'break', 'recharge', 'hold', 'break', 'serve', 'hold'] as const).map((kind) => stop({ kind }));

  it('ends where its route does; what follows is the next one', () => {
    const { own, later } = splitAtShiftEnd(day);
    expect(kinds(own)).toEqual(['serve', 'break', 'recharge', 'hold']);
    expect(kinds(later)).toEqual(['break', 'serve', 'hold']);
  });

  it('is all there is while no end of a route is known', () => {
    expect(splitAtShiftEnd(day.slice(0, 2))).toEqual({ own: day.slice(0, 2), later: [] });
  });

  it('counts cars and plugs alone', () => {
    expect(countVisits(splitAtShiftEnd(day).own)).toBe(2);
  });
});
