import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from './browser';
import { baseUrl, PHONE, signIn, visit } from './visit';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

describe('without a network', () => {
  it.each([
    ['driver', '.sheet'],
    ['crew', '.crew-head'],
  ])('the %s page opens again, with what it was last told', async (name, ready) => {
    const { page, close } = await visit(browser, `/${name}/`, PHONE, 'light', { offline: true });
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await page.reload(); // from here on the worker stands between the page and the house
    await signIn(page);
    await page.locator(ready).first().waitFor();
    await page.waitForTimeout(500);
    await page.context().setOffline(true);
    await page.reload();
    await page.locator(ready).first().waitFor();
    await close();
  });

  it('the pages can be installed', async () => {
    for (const name of ['driver', 'crew']) {
      const answer = await fetch(`${baseUrl()}/static/${name}.webmanifest`);
      const manifest = (await answer.json()) as { start_url: string; display: string; icons: { src: string; sizes: string }[] };
      expect(answer.headers.get('content-type')).toContain('application/manifest+json');
      expect(manifest).toMatchObject({ start_url: `/${name}/`, display: 'standalone' });
      expect(manifest.icons.map(({ sizes }) => sizes)).toContain('512x512');
      for (const { src } of manifest.icons) expect((await fetch(baseUrl() + src)).status).toBe(200);
    }
  });
});
