import { describe, expect, it } from 'vitest';
import type { UnitView } from '../api/opsTypes';
import { board, position, request, unit } from '../testing/documents';
import { backoffMs } from './backoff';
import { boardRules, type LiveBoard } from './boardRules';
import { setClock, startClock, worldNow } from './clock';
import { parseFrame, type Frame } from './frames';
import { emptyStream, takeFrame, type StreamState } from './stream';

const at = (second: number) => `2026-11-21T08:00:${String(second).padStart(2, '0')}Z`;
const snapshot = (units: UnitView[], seq: number): Frame => ({ type: 'snapshot', seq, at: at(seq), data: board(units, seq) });
const changed = (seq: number, ...units: UnitView[]): Frame => ({ type: 'durable', event: 'unit.changed', seq, at: at(seq), data: { units } });
const beat = (seq: number): Frame => ({ type: 'beat', seq, now: at(seq), speed: 10 });
const live = (second: number, data: object): Frame => ({ type: 'live', at: at(second), data });

function take(frames: Frame[], start = emptyStream<LiveBoard>()): { state: StreamState<LiveBoard>; asked: number[] } {
  const asked: number[] = [];
  const state = frames.reduce((before, frame) => {
    const step = takeFrame(before, frame, boardRules);
    if (step.replayAfter !== null) asked.push(step.replayAfter);
    return step.state;
  }, start);
  return { state, asked };
}

describe('a stream', () => {
  it('brings a stale snapshot to the same document as a fresh one', () => {
    const fresh = take([snapshot([unit('V-1', { state: 'travelling' }), unit('V-2'), unit('R-1')], 4)]);
    const stale = take([
      snapshot([unit('V-1'), unit('V-2', { state: 'on_break' })], 1),
      changed(2, unit('V-1', { state: 'travelling' })),
      changed(3, unit('V-2')),
      changed(4, unit('R-1')),
    ]);
    expect(stale.state).toEqual(fresh.state);
  });

  it('asks for a replay at a gap, once, and takes the replayed messages in order', () => {
    const { state, asked } = take([
      snapshot([unit('V-1')], 1),
      changed(3, unit('V-1', { state: 'on_site' })),
      changed(4, unit('V-1', { state: 'delivering' })),
      changed(2, unit('V-1', { state: 'travelling' })),
      changed(3, unit('V-1', { state: 'on_site' })),
      changed(4, unit('V-1', { state: 'delivering' })),
    ]);
    expect(asked).toEqual([1]);
    expect(state.seq).toBe(4);
    expect(state.document?.units[0]?.state).toBe('delivering');
  });

  it('notices by the beat that the very last message was lost', () => {
    expect(take([snapshot([], 1), beat(1)]).asked).toEqual([]);
    expect(take([snapshot([], 1), beat(2), beat(2)]).asked).toEqual([1, 1]);
  });

  it('passes over a message that it has seen', () => {
    const { state } = take([snapshot([unit('V-1')], 5), changed(5, unit('V-1', { state: 'on_break' }))]);
    expect(state.document?.units[0]?.state).toBe('available');
  });

  it('takes a fresh snapshot in place of a replay', () => {
    const { state } = take([snapshot([unit('V-1')], 1), changed(9, unit('V-1')), snapshot([unit('V-9')], 9)]);
    expect(state).toMatchObject({ seq: 9, askedAfter: null });
    expect(state.document?.units.map((one) => one.id)).toEqual(['V-9']);
  });
});

describe('what has ended', () => {
  const ended = (id: string, instant: string) => request(id, { status: 'completed', ended_at: instant });
  const told = (requests: object[]): Frame => ({ type: 'snapshot', seq: 1, at: at(1), data: { ...board([], 1), requests } });
  const names = (state: StreamState<LiveBoard>) => state.document?.requests.map(({ id }) => id);

  it('leaves an open console after an hour, whatever message comes then', () => {
    const before = take([told([request('open'), ended('old', '2026-11-21T07:00:05Z'), ended('new', '2026-11-21T07:30:00Z')])]).state;
    expect(names(before)).toEqual(['open', 'old', 'new']);
    expect(names(take([changed(2, unit('V-1')), live(4, {})], before).state)).toEqual(['open', 'old', 'new']);
    expect(names(take([changed(2), live(5, {})], before).state)).toEqual(['open', 'new']);
    expect(names(take([{ ...changed(2), at: at(6) } as Frame], before).state)).toEqual(['open', 'new']);
  });

  it('changes nothing else when there is nothing to let go', () => {
    const before = take([told([request('open')])]).state;
    expect(take([live(9, {})], before).state.document?.requests).toBe(before.document?.requests);
  });
});

describe('live values', () => {
  const fix = (second: number, lat: number) => ({ position: { 'V-1': position(lat, at(second)) } });

  it('are won by the latest of their own time, whatever order they come in', () => {
    const { state } = take([snapshot([unit('V-1')], 1), live(9, fix(8, 43.74)), live(10, fix(3, 43.1))]);
    expect(state.document?.units[0]?.position?.lat).toBe(43.74);
  });

  it('outlive a durable message that carries an older position or pack level', () => {
    const { state } = take([
      snapshot([unit('V-1')], 1),
      live(9, { ...fix(9, 43.74), soc: { 'V-1': { soc: 0.5, energy_kwh: 30, at: at(9) } } }),
      changed(2, unit('V-1', { state: 'travelling', soc: 0.7, position: position(43.1, at(2)) })),
    ]);
    expect(state.document?.units[0]).toMatchObject({ state: 'travelling', soc: 0.5, position: { lat: 43.74 } });
  });

  it('do not count as messages', () => {
    expect(take([snapshot([unit('V-1')], 1), live(9, fix(9, 43.7)), changed(2, unit('V-2'))]).asked).toEqual([]);
  });

  it('leave units they do not name untouched', () => {
    const before = take([snapshot([unit('V-1'), unit('V-2')], 1)]).state;
    const after = take([live(9, fix(9, 43.7))], before).state;
    expect(after.document?.units[1]).toBe(before.document?.units[1]);
  });
});

describe('frames', () => {
  it('are read by what they are', () => {
    expect(parseFrame('{"type":"stop.arrived","seq":7,"at":"x","data":{}}')).toMatchObject({ type: 'durable', event: 'stop.arrived', seq: 7 });
    expect(parseFrame('{"type":"beat","seq":7,"now":"x","speed":10}')).toMatchObject({ type: 'beat', speed: 10 });
  });

  it('are nothing when they are not JSON, or not ours', () => {
    expect(['not json', '[]', '{"seq":1}', '{"type":"odd"}', 'null'].map(parseFrame)).toEqual([null, null, null, null, null]);
  });
});

describe('the world clock', () => {
  it('runs from its anchor at the speed of the world', () => {
    expect(worldNow(startClock(1_000_000, 10, 500), 1500)).toBe(1_010_000);
  });

  it('keeps its anchor for a reading that agrees, and follows one that does not', () => {
    const clock = startClock(1_000_000, 10, 0);
    expect(setClock(clock, 1_011_000, 10, 1000)).toBe(clock);
    expect(worldNow(setClock(clock, 1_060_000, 10, 1000), 1000)).toBe(1_060_000);
    expect(setClock(clock, 1_010_000, 20, 1000).speed).toBe(20);
  });
});

describe('back-off', () => {
  it('doubles from half a second and stays below a quarter of a minute', () => {
    expect(backoffMs(0, 1)).toBe(500);
    expect(backoffMs(3, 1)).toBe(4000);
    expect(backoffMs(30, 1)).toBe(15_000);
    expect(backoffMs(3, 0)).toBe(2000);
  });
});
