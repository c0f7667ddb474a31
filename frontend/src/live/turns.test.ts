import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createTurns, TURNS } from './turns';

const EVERY_MS = 1000;
let frames: (() => void)[] = [];
const nextFrame = (draw: () => void) => { frames.push(draw); };
const drawFrame = () => { for (const draw of frames.splice(0)) draw(); };

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', globalThis);
  frames = [];
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('tells a few in each frame, and everybody once in a round', () => {
  const onTurn = createTurns({ everyMs: EVERY_MS, nextFrame });
  const told: number[] = [];
  for (let place = 0; place < 2 * TURNS; place += 1) onTurn(place, () => told.push(place));
  vi.advanceTimersByTime(EVERY_MS);
  for (let frame = 0; frame < TURNS; frame += 1) {
    const before = told.length;
    drawFrame();
    expect(told.length - before).toBe(2);
  }
  expect([...told].sort((a, b) => a - b)).toEqual(Array.from({ length: 2 * TURNS }, (_, place) => place));
  expect(frames).toEqual([]);
});

it('rests when nobody listens, and begins again for the next one', () => {
  const onTurn = createTurns({ everyMs: EVERY_MS, nextFrame });
  const told = vi.fn();
  const leave = onTurn(3, told);
  leave();
  vi.advanceTimersByTime(5 * EVERY_MS);
  expect(frames).toEqual([]);
  onTurn(0, told);
  vi.advanceTimersByTime(EVERY_MS);
  drawFrame();
  expect(told).toHaveBeenCalledTimes(1);
});
