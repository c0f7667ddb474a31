import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './axe';
import { launch } from './browser';
import { inBothThemes } from './look';
import { order } from './order';
import { hasMoved, mapColours, mapPicture } from './picture';
import { DESK, PHONE, shoot, signIn, until, visit } from './visit';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

interface Live {
  type: string;
  data?: { position?: Record<string, { lat: number; lon: number }> };
}

/** Units that have sent two different places. */
function movedUnits(frames: readonly string[]): Set<string> {
  const seen = new Map<string, string>();
  const moved = new Set<string>();
  for (const text of frames) {
    const frame = JSON.parse(text) as Live;
    if (frame.type !== 'live') continue;
    for (const [id, place] of Object.entries(frame.data?.position ?? {})) {
      const where = `${String(place.lat)} ${String(place.lon)}`;
      if (seen.has(id) && seen.get(id) !== where) moved.add(id);
      seen.set(id, where);
    }
  }
  return moved;
}

describe('the console', () => {
  it('shows the city and its units, and a unit that drives moves on the map', async () => {
    const { page, frames, complaints, close } = await visit(browser, '/ops/', DESK, 'light', { motion: true });
    await signIn(page);
    await page.locator('.tl-unit').first().waitFor();
    expect(await page.locator('.tl-unit').count()).toBeGreaterThanOrEqual(6);
    await until('the map is drawn', async () => (await mapColours(page)) > 200, 30_000);

    const driver = await visit(browser, '/driver/', PHONE, 'light');
    await signIn(driver.page);
    await order(driver.page, 1);
    const before = await mapPicture(page);
    await until('a unit has sent two places', () => movedUnits(frames).size > 0, 120_000);
    await until('the picture of the map has changed', () => hasMoved(page, before), 20_000);
    await driver.close();
    await inBothThemes(page, async () => {
      expect(await violations(page)).toEqual([]);
    });
    await shoot(page, 'ops-moving', DESK, 'light');
    expect(complaints).toEqual([]);
    await close();
  });

  it('selects one thing everywhere', async () => {
    const { page, complaints, close } = await visit(browser, '/ops/', DESK, 'light');
    await signIn(page);
    const unit = page.locator('.tl-unit').first();
    await unit.click();
    const name = (await unit.locator('b').first().innerText()).trim();
    await page.locator('.detail').getByText(name).waitFor();
    expect(await page.locator('.tl-row.chosen').count()).toBe(1);
    await page.locator('.detail-close').click();
    expect(await page.locator('.detail').count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it('says so when the connection is lost, and comes back by itself', async () => {
    const { page, close } = await visit(browser, '/ops/', DESK, 'light');
    await signIn(page);
    await page.locator('.tl-unit').first().waitFor();
    await page.routeWebSocket(/ws\/ops/, (socket) => socket.close());
    await page.reload();
    await page.locator('.lost-band').waitFor({ timeout: 15_000 });
    await close();
  });
});
