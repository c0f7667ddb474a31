import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from './browser';
import { DESK, PHONE, signIn, visit } from './visit';
import { listStrays } from './words';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

const openCars = async (page: Page) => {
  await page.locator('.car-field').first().click();
  await page.locator('.car-choice').first().waitFor();
};
const openOffers = async (page: Page) => {
  await page.locator('.sheet > .button').click();
  await page.locator('.offer-card').first().waitFor();
};

const places = [
  { name: 'landing', path: '/', ready: '.system li', then: [] },
  { name: 'driver', path: '/driver/', ready: '.sheet', then: [openCars, async (page: Page) => page.keyboard.press('Escape'), openOffers] },
  { name: 'crew', path: '/crew/', ready: '.crew-head', then: [async (page: Page) => page.locator('.problem-button').click()] },
  { name: 'ops', path: '/ops/', ready: '.top-bar', then: [] },
];

describe('every word on the screen', () => {
  it.each(places)('of the $name page is from a catalogue or from the house', async ({ path, ready, then }) => {
    const { page, frames, close } = await visit(browser, path, path === '/ops/' ? DESK : PHONE, 'light', { language: 'pseudo' });
    const answers: string[] = [];
    page.on('response', (response) => {
      if (response.url().includes('/api/')) void response.text().then((text) => answers.push(text), () => undefined);
    });
    if (path !== '/') await signIn(page);
    await page.locator(ready).first().waitFor();
    await page.waitForTimeout(1500);
    for (const step of [() => Promise.resolve(), ...then]) {
      await step(page);
      expect(await listStrays(page, [...answers, ...frames])).toEqual([]);
    }
    await close();
  });

  it('is French for who reads French, with its numbers and its spaces', async () => {
    const { page, close } = await visit(browser, '/driver/', PHONE, 'light', { language: 'fr' });
    await signIn(page);
    await page.getByText('Combien d’énergie ?').waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('fr');
    await openOffers(page);
    expect(await page.locator('.accept-words').innerText()).toMatch(/^Accepter pour \d+,\d\d\u00a0€$/);
    expect(await page.locator('.offer-range').first().innerText()).toMatch(/^\d\d\u00a0h\u00a0\d\d/);
    await close();
  });

  it('turns at a tap, and the next visit remembers', async () => {
    const { page, close } = await visit(browser, '/', PHONE, 'light');
    await page.getByRole('button', { name: 'Français' }).click();
    await page.getByText('La recharge qui vient à la voiture').waitFor();
    await page.reload();
    await page.getByText('La recharge qui vient à la voiture').waitFor();
    await close();
  });
});
