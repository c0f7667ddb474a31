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

async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.clearBrowserCache');
  await session.send('Network.emulateNetworkConditions', LINE);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
}

/** When the first thing was painted, and when the page was usable, in the page's own time. */
async function timesOf(page: Page): Promise<{ paintMs: number; usableMs: number }> {
  await page.waitForFunction(() => 'usableMs' in window);
  return page.evaluate(() => ({
    paintMs: Math.round(performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0),
    usableMs: Math.round((window as Window & { usableMs?: number }).usableMs ?? 0),
  }));
}

it.each([
  ['driver', '.sheet > .button'],
  ['crew', '.crew-head'],
  ['ops', '.tl-unit'],
])('measures the first visit of the %s page', async (name, ready) => {
  const { page, close } = await visit(browser, `/${name}/`, PHONE, 'light');
  await signIn(page);
  await page.locator(ready).first().waitFor();
  await slowDown(page);
  await page.addInitScript((wanted) => {
    const look = () => {
      if (document.querySelector(wanted)) Object.assign(window, { usableMs: performance.now() });
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, ready);
  await page.reload();
  const { paintMs, usableMs } = await timesOf(page);
  console.log(`${name}: first paint ${String(paintMs)} ms, usable ${String(usableMs)} ms (slow 4G, ${String(SLOWER)} times slower)`);
  await close();
});
