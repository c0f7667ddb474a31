import { loadavg } from 'node:os';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import { launch } from './browser';
import { PHONE, signIn, visit } from './visit';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

/** Slow 4G, and a phone a quarter as fast as this machine. */
const LINE = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (0.75 * 1024 * 1024) / 8 };
const SLOWER = 4;

async function slowDown(page: Page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', LINE);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  return session;
}

/** When the first word or picture was painted, and when the page was usable, in the page's own time. */
async function timesOf(page: Page): Promise<{ paintMs: number; usableMs: number }> {
  // The browser tells a paint some time after it.
  await page.waitForFunction(() => 'usableMs' in window && performance.getEntriesByName('first-contentful-paint').length > 0);
  return page.evaluate(() => ({
    paintMs: Math.round(performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0),
    usableMs: Math.round((window as Window & { usableMs?: number }).usableMs ?? 0),
  }));
}

const TIMES = 5;
const median = (all: readonly number[]): number => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;

/** Loads one page so many times, each as if for the first time. */
async function measure(page: Page): Promise<{ paintMs: number; usableMs: number }[]> {
  const session = await slowDown(page);
  const all = [];
  for (let count = 0; count < TIMES; count += 1) {
    await session.send('Network.clearBrowserCache');
    await page.reload();
    all.push(await timesOf(page));
  }
  return all;
}

it.each([
  ['driver', '.sheet > .button'],
  ['crew', '.crew-head'],
  ['ops', '.queue-row, .console-queue .pane-empty'],
])('measures the first visit of the %s page', async (name, ready) => {
  const { page, close } = await visit(browser, `/${name}/`, PHONE, 'light');
  await signIn(page);
  await page.locator(ready).first().waitFor();
  await page.addInitScript((wanted) => {
    const look = () => {
      if (document.querySelector(wanted)) Object.assign(window, { usableMs: performance.now() });
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, ready);
  const all = await measure(page);
  const told = (key: 'paintMs' | 'usableMs') => `${String(median(all.map((one) => one[key])))} ms (${all.map((one) => one[key]).join(', ')})`;
  console.log(`${name}: first paint ${told('paintMs')}, usable ${told('usableMs')}; slow 4G, ${String(SLOWER)} times slower, load ${String(loadavg()[0]?.toFixed(1))}`);
  await close();
});
