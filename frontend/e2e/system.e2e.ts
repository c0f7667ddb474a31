import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from './browser';
import { lookEverywhere, lookOnPhone } from './look';
import { DESK, signIn, visit } from './visit';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

describe("the house's own page", () => {
  it('says what stands, what waits, and how the last hour went', async () => {
    const { page, complaints, close } = await visit(browser, '/ops/', DESK, 'light');
    await signIn(page);
    await page.getByRole('link', { name: 'System' }).click();
    await page.getByText('Everything stands').waitFor();
    expect(await page.locator('.system-parts li').count()).toBeGreaterThanOrEqual(6);
    // A house that lives has planned and shown something in its first minute.
    await page.getByRole('img', { name: /^From event to plan: half within/ }).waitFor();
    await lookEverywhere(page, 'ops-system');
    await page.keyboard.press('Escape');
    await page.locator('.system').waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
    await close();
  });

  it('is French for who reads French', async () => {
    const { page, close } = await visit(browser, '/ops/#system', DESK, 'light', { language: 'fr' });
    await signIn(page);
    await page.getByText('Tout fonctionne').waitFor();
    await page.getByRole('heading', { name: 'La dernière heure, minute par minute' }).waitFor();
    await lookOnPhone(page, 'ops-system-fr');
    await close();
  });
});
