import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPolling } from './polling';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function makePage() {
  const page = { seen: true, up: true, asked: 0, got: [] as unknown[], failed: 0 };
  const polling = createPolling({
    load: () => {
      page.asked += 1;
      return page.up ? Promise.resolve(page.asked) : Promise.reject(new Error('away'));
    },
    onDocument: (document) => page.got.push(document),
    onFailed: () => {
      page.failed += 1;
    },
    isSeen: () => page.seen,
  });
  return { page, polling };
}

const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);

describe('asking instead of being told', () => {
  it('waits a moment, then asks every five seconds', async () => {
    const { page, polling } = makePage();
    polling.start();
    await pass(3.9);
    expect(page.asked).toBe(0);
    await pass(10.2);
    expect(page.got).toEqual([1, 2, 3]);
  });

  it('is begun once, however often the line is lost', async () => {
    const { page, polling } = makePage();
    for (let tries = 0; tries < 3; tries += 1) polling.start();
    await pass(4.1);
    expect(page.asked).toBe(1);
  });

  it('ends when the line is back, also while an answer is on its way', async () => {
    const { page, polling } = makePage();
    polling.start();
    vi.advanceTimersByTime(4000);
    polling.stop();
    await pass(20);
    expect(page.asked).toBe(1);
    expect(page.got).toEqual([]);
  });

  it('says that nobody answers, and goes on asking', async () => {
    const { page, polling } = makePage();
    page.up = false;
    polling.start();
    await pass(9.1);
    expect(page.failed).toBe(2);
    page.up = true;
    await pass(5);
    expect(page.got).toEqual([3]);
  });

  it('asks nothing while nobody looks', async () => {
    const { page, polling } = makePage();
    page.seen = false;
    polling.start();
    await pass(30);
    expect(page.asked).toBe(0);
  });
});
