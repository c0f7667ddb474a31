import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from './browser';
import { order } from './order';
import { hasMoved, mapColours, mapPicture } from './picture';
import { PHONE, shoot, signIn, until, visit } from './visit';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

/** Moves the city under the pin, towards the harbour, so that a unit has a way to drive. */
async function dragMap(page: Page, times: number): Promise<void> {
  const box = await page.locator('.map-canvas').boundingBox();
  if (!box) throw new Error('the map is not there');
  const [x, y] = [box.x + 60, box.y + box.height - 60];
  for (let count = 0; count < times; count += 1) {
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 125, y - 165, { steps: 8 });
    await page.waitForTimeout(150); // a hand that rests before it lifts throws no map
    await page.mouse.up();
  }
}

const stageNow = (page: Page) => page.locator('.stages [aria-current=step]').innerText();

describe('the driver', () => {
  it('asks, is offered, accepts, and sees the van on its way', async () => {
    const { page, frames, complaints, close } = await visit(browser, '/driver/', PHONE, 'light');
    await signIn(page);
    await page.getByRole('button', { name: 'See offers' }).waitFor();
    await until('the map is drawn', async () => (await mapColours(page)) > 100, 30_000);
    const street = await page.locator('.ask-top b').innerText();
    await dragMap(page, 3);
    await until('the street follows the pin', async () => (await page.locator('.ask-top b').innerText()) !== street, 10_000);
    await shoot(page, 'driver-ask', PHONE, 'light');

    await page.getByRole('button', { name: 'See offers' }).click();
    await page.locator('.offer-card').first().waitFor({ timeout: 30_000 });
    await shoot(page, 'driver-offers', PHONE, 'light');
    await page.getByRole('button', { name: 'Edit' }).click();
    await order(page, 0);
    expect(['Booked', 'On the way']).toContain(await stageNow(page));
    await until('the van is on its way', async () => (await stageNow(page)) === 'On the way', 150_000);
    await page.getByText(/^Van|^Robot/).first().waitFor();
    await page.waitForTimeout(1200);
    await shoot(page, 'driver-follow', PHONE, 'light');
    const before = await mapPicture(page);
    await until('its place comes live', () => frames.some((frame) => frame.includes('"live"') && frame.includes('heading')), 30_000);
    await until('it moves on the map', () => hasMoved(page, before), 30_000);
    await shoot(page, 'driver-follow-later', PHONE, 'light');
    expect(complaints).toEqual([]);
    await close();
  });

  it('says in one sentence what is wrong with a wish that cannot be meant', async () => {
    const { page, close } = await visit(browser, '/driver/', PHONE, 'light');
    await signIn(page);
    await page.getByRole('radio', { name: 'Between' }).click();
    await page.getByLabel('Not before').fill('18:00');
    await page.getByLabel('At the latest').fill('17:00');
    await page.getByRole('button', { name: 'See offers' }).click();
    expect(await page.getByRole('alert').innerText()).toBe('The end lies before the start.');
    await close();
  });
});
