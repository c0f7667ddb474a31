import { describe, expect, it } from 'vitest';
import type { MoveOption, MovePreview } from '../../api/opsTypes';
import { NBSP } from '../../format/nbsp';
import { board, minute, request, risk, stop, unit } from '../../testing/documents';
import { amountOf } from './amountOf';
import { atRest, consoleReducer, type Action, type ConsoleState } from './consoleState';
import { costChange } from './costChange';
import { findThings } from './findThings';
import { findMovable } from './movable';
import { bestOther, isStaying, mustBeMeant, neighbour, shareOf, stepTime, verdictOf } from './moveRules';
import { orderReasons, type Reason } from './orderReasons';
import { readPanes, standard } from './panes';
import { tellFix, tellRisk } from './riskWords';
import { shortcut, type Desk } from './shortcuts';
import { at, msAt, push, scaleOf } from './timeScale';
import { endsOf, indexAt, windowOf } from './windowOf';

const option = (unitId: string | null, over: Partial<MoveOption> = {}): MoveOption => ({
  unit: unitId, feasible: true, arrival_p50: minute(20), arrival_p90: minute(27), ready_p50: minute(40), cost_milli: 0, goals: {}, hurt: [], shifted: [], packs: [], broken: [], ...over,
});
const hurt = [{ request: 'b', place_text: 'quay', before: minute(5), after: minute(9), late_s: 240 }];
const broken = [{ rule: 'window', code: 'window_infeasible', amount: 2160, measure: 's', text: '', request: null }];
const preview = (...options: MoveOption[]): MovePreview => ({ stop: 's', revision: 1, request: 'a', unit: 'V-1', told: false, options });
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

const lift: Action = { type: 'lift', stop: 's', request: 'a', from: 'V-1', dragged: false };
const after = (...actions: Action[]): ConsoleState => actions.reduce(consoleReducer, atRest);

describe('the hand of the dispatcher', () => {
  it('lifts a visit over its own unit, selects its request and closes the why', () => {
    const state = after({ type: 'why', request: 'a' }, lift);
    expect(state).toMatchObject({ why: null, selection: { kind: 'request', id: 'a' }, moving: { over: 'V-1', startMs: null, meant: false } });
  });

  it('means a drop only where it was meant', () => {
    const meant = after(lift, { type: 'carry', over: 'V-2' }, { type: 'mean' });
    expect(meant.moving?.meant).toBe(true);
    expect(consoleReducer(meant, { type: 'carry', over: 'V-3' }).moving?.meant).toBe(false);
    expect(consoleReducer(meant, { type: 'carry', over: 'V-2' })).toBe(meant);
  });

  it('puts back without a trace', () => {
    expect(after(lift, { type: 'carry', over: 'V-2', startMs: 5 }, { type: 'putBack' }).moving).toBeNull();
  });
});

describe('a verdict', () => {
  it('is broken before it hurts, and hurts before it fits', () => {
    expect(verdictOf(option('V-2'), false)).toBe('fits');
    expect(verdictOf(option('V-2', { hurt }), false)).toBe('hurts');
    expect(verdictOf(option('V-2', { feasible: false, broken, hurt }), false)).toBe('broken');
    expect(verdictOf(option('V-1'), true)).toBe('stays');
  });

  it('says by how much, in the unit of the rule', () => {
    expect(broken.map(amountOf).map(plain)).toEqual(['36 min late']);
    expect(plain(amountOf({ rule: 'height', amount: 650, measure: 'mm' }))).toBe('0.65 m too high');
    expect(plain(amountOf({ rule: 'energy', amount: 15_000, measure: 'wh' }))).toBe('15.0 kWh short');
    expect(amountOf({ rule: 'connector', amount: 1, measure: 'count' })).toBe('');
    expect([shareOf(3600, 's'), shareOf(9_999_999, 'wh'), shareOf(1, 'count')]).toEqual([0.5, 1, null]);
  });

  it('tells cost with its sign', () => {
    expect([2400, -800, 0].map((milli) => plain(costChange(milli, 'EUR')))).toEqual(['+ € 2.40', '− € 0.80', '€ 0.00']);
  });

  it('must be meant when it hurts, or when the driver knows another unit', () => {
    expect(mustBeMeant(preview(), option('V-2', { hurt }))).toBe(true);
    expect(mustBeMeant({ ...preview(), told: true }, option('V-2'))).toBe(true);
    expect(mustBeMeant({ ...preview(), told: true }, option('V-1'))).toBe(false);
  });

  it('finds the best other unit: nobody hurt, then the cheapest', () => {
    const options = [option('V-1'), option('V-2', { hurt }), option('V-3', { cost_milli: 900 }), option('V-4', { cost_milli: 300 }), option('V-5', { feasible: false })];
    expect(bestOther(preview(...options))).toBe('V-4');
    expect(bestOther(preview(option('V-1')))).toBeNull();
  });
});

describe('carrying', () => {
  it('goes from unit to unit, round the end', () => {
    expect(neighbour(['a', 'b', 'c'], 'c', 1)).toBe('a');
    expect(neighbour(['a', 'b', 'c'], 'a', -1)).toBe('c');
    expect(neighbour([], 'x', 1)).toBe('x');
  });

  it('goes in steps of five minutes, and not into the past', () => {
    const now = Date.parse(minute(10));
    expect(stepTime(Date.parse(minute(21)), 1, now)).toBe(Date.parse(minute(25)));
    expect(stepTime(Date.parse(minute(12)), -3, now)).toBe(now);
  });

  it('stays only where it was, at any time', () => {
    const moving = after(lift).moving;
    expect(moving && isStaying(moving)).toBe(true);
    expect(moving && isStaying({ ...moving, startMs: 1 })).toBe(false);
  });

  it('is for planned visits alone', () => {
    const routes = [{ unit: 'V-1', stops: [stop({ id: 'x', request: 'a', state: 'working' }), stop({ id: 'y', request: 'b' })] }];
    expect(findMovable({ ...board([], 1), routes }, 'a')).toBeNull();
    expect(findMovable({ ...board([], 1), routes }, 'b')?.stop.id).toBe('y');
  });
});

describe('the timeline', () => {
  it('maps an instant to a place and back', () => {
    const scale = scaleOf('six', 1_000_000_000);
    expect(at(scale, msAt(scale, 0.25))).toBeCloseTo(25);
    expect(at(scale, 1_000_000_000)).toBeCloseTo(20);
  });

  it('is pushed by pixels, and not without end', () => {
    expect(push('two', 0, 500, 1000)).toBe(3_600_000);
    expect(push('day', 0, 1e9, 10)).toBe(24 * 3_600_000);
  });
});

describe('a long list', () => {
  const ends = endsOf(Array.from({ length: 200 }, () => 37));

  it('draws what is in view and a little more', () => {
    const shown = windowOf(ends, 3700, 370, 2);
    expect(shown).toMatchObject({ first: 98, last: 113 });
    expect(shown.before + (shown.last - shown.first) * 37 + shown.after).toBe(200 * 37);
  });

  it('finds the row at a height, and draws nothing of nothing', () => {
    expect([indexAt(ends, 0), indexAt(ends, 37), indexAt(ends, 73)]).toEqual([0, 1, 1]);
    expect(windowOf([], 0, 300, 5)).toEqual({ first: 0, last: 0, before: 0, after: 0 });
  });
});

describe('risks', () => {
  const desk = { ...board([unit('V-1', { name: 'Azur' }), unit('V-2', { name: 'Corail' })], 1), requests: [request('quay')] };
  const hurt = [{ request: 'quay', what: 'arrival', promised: minute(28), late_s: 0 }];
  const plain = (words: string) => words.replaceAll(NBSP, ' ');
  const tell = (told: ReturnType<typeof risk>) => {
    const { title, cause, hurt: whom } = tellRisk(told, desk, Date.parse(minute(5)));
    return { title: plain(title), cause: plain(cause), hurt: plain(whom) };
  };

  it('are told with their figures, their cause and whom they hurt', () => {
    const late = tell(risk('predicted_late', { cause: 'travel_slow', facts: { late_s: 720, slip_s: 1500 }, hurt, unit: 'V-1', request: 'quay' }));
    expect(late).toEqual({ title: 'quay will be 12 min late', cause: 'Azur is 25 min behind on its way.', hurt: '1 promise, by 13:28' });
    const silent = tell(risk('stale', { cause: 'silent', unit: 'V-1' }));
    expect(silent).toEqual({ title: 'Azur is silent', cause: 'Last heard of 5 min ago.', hurt: '' });
  });

  it('say the engine’s own reason where nobody comes', () => {
    expect(tell(risk('not_served', { cause: 'energy_insufficient', request: 'quay' })).cause).toBe('Energy');
    expect(tell(risk('not_served', { cause: 'some_day', request: 'quay' })).cause).toBe('No unit fits as things stand.');
  });

  it('come with a way out, its time and its cost', () => {
    const fix = { verb: 'move', stop: 's', revision: 1, request: 'quay', unit: 'V-2', arrival_p50: minute(20), arrival_p90: minute(26), late_s: 0, cost_milli: 2400, told: false };
    expect(tellFix(fix, desk)).toMatchObject({ button: 'Send Corail instead', keeps: 'keeps the promise', unit: 'Corail' });
    expect(plain(tellFix({ ...fix, late_s: 240 }, desk).keeps)).toBe('still 4 min late');
  });
});

describe('finding', () => {
  const all = { ...board([unit('V-14', { crew: 'Léa' })], 1), requests: [request('a', { place_text: 'Boulevard des Moulins' })] };

  it('goes by every word, whatever the accents and the case', () => {
    expect(findThings(all, 'lea').map((thing) => thing.key)).toEqual(['V-14']);
    expect(findThings(all, 'MOULINS 7q41').map((thing) => thing.key)).toEqual(['a']);
    expect(findThings(all, 'moulins nothing')).toEqual([]);
    expect(findThings(all, '  ')).toEqual([]);
  });
});

describe('why', () => {
  it('lists who serves it, who could, and then the easiest to mend', () => {
    const reason = (name: string, over: Partial<Reason>): Reason => ({ unit: { id: name, name, kind: 'van' }, serves: false, arrival: null, extra_milli: null, code: null, detail: '', rule: null, amount: null, measure: null, ...over });
    const ordered = orderReasons([
      reason('high', { code: 'height_or_weight', amount: 650 }),
      reason('later', { code: 'window_infeasible', amount: 900 }),
      reason('late', { code: 'window_infeasible', amount: 300 }),
      reason('dear', { extra_milli: 900 }),
      reason('cheap', { extra_milli: 100 }),
      reason('serving', { serves: true, extra_milli: 0 }),
    ]);
    expect(ordered.map((one) => one.unit.name)).toEqual(['serving', 'cheap', 'dear', 'late', 'later', 'high']);
  });
});

describe('panes', () => {
  it('keep what was chosen, within bounds, and forget nonsense', () => {
    expect(readPanes('{"queue": 400, "risks": 9999, "timeline": "tall"}', 900)).toEqual({ ...standard(900), queue: 400, risks: 460 });
    expect(readPanes('not json', 900)).toEqual(standard(900));
  });
});

describe('a key', () => {
  const press = (key: string, state: Partial<ConsoleState> = {}, ctrlKey = false) => {
    const desk: Desk = { state: { ...atRest, ...state }, board: { ...board([], 1), requests: [request('a'), request('b')] }, units: ['V-1', 'V-2'], stopStartMs: Date.parse(minute(20)), nowMs: Date.parse(minute(0)), drop: () => undefined, move: () => undefined, lock: () => undefined };
    return { act: shortcut({ key, ctrlKey, metaKey: false, altKey: false } as KeyboardEvent, desk), desk };
  };
  const moving = after(lift).moving;

  it('walks through the queue at rest, and from unit to unit while moving', () => {
    expect(press('j').act).toEqual({ type: 'select', selection: { kind: 'request', id: 'a' } });
    expect(press('j', { moving }).act).toEqual({ type: 'carry', over: 'V-2' });
    expect(press('ArrowRight', { moving }).act).toEqual({ type: 'carry', startMs: Date.parse(minute(25)) });
  });

  it('closes the uppermost thing with Escape', () => {
    expect(press('Escape', { dialog: 'help', moving }).act).toEqual({ type: 'dialog', dialog: null });
    expect(press('Escape', { moving, why: null }).act).toEqual({ type: 'putBack' });
    expect(press('Escape', { why: 'a' }).act).toEqual({ type: 'why', request: null });
  });

  it('drops with Enter, and leaves what it does not know to the page', () => {
    const { act, desk } = press('Enter', { moving });
    expect(act).toBe(desk.drop);
    expect([press('x').act, press('j', {}, true).act, press('m', { dialog: 'search' }).act]).toEqual([null, null, null]);
    expect(press('k', {}, true).act).toEqual({ type: 'dialog', dialog: 'search' });
  });
});
