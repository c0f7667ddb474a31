import { describe, expect, it } from 'vitest';
import type { VisitChange } from '../../api/opsTypes';
import { tellWhat, tellWhy } from './changeWords';

const change: VisitChange = { at: '2026-06-10T10:00:00Z', version: 7, what: 'moved', why: 'running_late', by_s: 420, unit: 'V-2', from_unit: '', about: '' };

describe('what a plan has changed about a visit', () => {
  it.each<[Partial<VisitChange>, string, string]>([
    [{}, '7 min later', 'What stands before it takes longer than planned.'],
    [{ by_s: -420, why: 'freed', about: 'Rue Grimaldi' }, '7 min earlier', 'Rue Grimaldi is no longer before it.'],
    [{ why: 'made_room', about: 'Rue Grimaldi' }, '7 min later', 'Rue Grimaldi comes before it.'],
    [{ what: 'handed_over', why: 'unit_out', from_unit: 'V-1', by_s: 20 }, 'From V-1 to V-2', 'That unit is out of service.'],
    [{ what: 'handed_over', why: 'better_plan', from_unit: 'V-1', by_s: -600 }, 'From V-1 to V-2, 10 min earlier', 'The whole plan is better this way.'],
    [{ by_s: 0, why: 'energy' }, 'Energy planned anew', 'Recharges before it are planned anew.'],
    [{ what: 'removed', why: 'not_served' }, 'Planned for nobody', 'Nobody can serve it any more.'],
    [{ what: 'added', why: 'asked' }, 'Planned for V-2', 'It was asked for.'],
  ])('%j is said in words', (difference, what, why) => {
    expect([tellWhat({ ...change, ...difference }), tellWhy({ ...change, ...difference })].map((words) => words.replaceAll('\u00a0', ' '))).toEqual([what, why]);
  });
});
