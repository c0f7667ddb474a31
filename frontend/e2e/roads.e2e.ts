import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './axe';
import { launch } from './browser';
import { inBothThemes } from './look';
import { mapColours } from './picture';
import { DESK, shoot, signIn, until, visit } from './visit';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

describe('the roads', () => {
  it('are slowed by an outline on the map, the planner hears of it, and they are opened again', async () => {
    const { page, complaints, close } = await visit(browser, '/ops/', DESK, 'light');
    await signIn(page);
    await until('the map is drawn', async () => (await mapColours(page)) > 200, 30_000);
    await page.getByRole('button', { name: 'Closed and slow roads' }).click();
    const pane = page.getByRole('complementary', { name: 'Closed and slow roads' });
    await pane.getByText('Every road is open.').waitFor();
    await pane.getByRole('radio', { name: 'Slow' }).click();
    await pane.getByRole('radio', { name: 'An area' }).click();
    const box = await page.locator('.map-canvas canvas').boundingBox();
    if (!box) throw new Error('there is no map');
    for (const [right, down] of [[0.25, 0.4], [0.4, 0.4], [0.4, 0.7], [0.25, 0.7]] as const) {
      await page.mouse.click(box.x + box.width * right, box.y + box.height * down);
    }
    await pane.getByLabel('Reason').fill('market');
    await inBothThemes(page, async (theme) => {
      expect(await violations(page)).toEqual([]);
      await shoot(page, 'ops-roads-draft', DESK, theme);
    });
    await pane.getByRole('button', { name: 'Slow it down' }).click();
    await pane.getByText('Slow, 50').waitFor();
    await until('the planner knows it', async () => (await pane.getByText('the planner hears of it now').count()) === 0, 30_000);
    await inBothThemes(page, async (theme) => {
      expect(await violations(page)).toEqual([]);
      await shoot(page, 'ops-roads', DESK, theme);
    });
    await pane.getByRole('button', { name: 'Lift', exact: true }).click();
    await pane.getByText('Every road is open.').waitFor();
    expect(complaints).toEqual([]);
    await close();
  });
});
