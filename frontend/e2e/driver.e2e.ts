import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from './browser';
import { alterSnapshot } from './alter';
import { violations } from './axe';
import { addCar, removeCar } from './cars';
import { hurry } from './hurry';
import { inBothThemes, lookEverywhere, lookOnPhone } from './look';
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
    const { page, frames, complaints, close } = await visit(browser, '/driver/', PHONE, 'light', { motion: true });
    await signIn(page);
    await page.getByRole('button', { name: 'See offers' }).waitFor();
    await until('the map is drawn', async () => (await mapColours(page)) > 100, 30_000);
    const street = await page.locator('.ask-top b').innerText();
    await dragMap(page, 3);
    await until('the street follows the pin', async () => (await page.locator('.ask-top b').innerText()) !== street, 10_000);
    await shoot(page, 'driver-ask', PHONE, 'light');

    await page.getByRole('button', { name: 'See offers' }).click();
    await page.locator('.offer-card').first().waitFor();
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
    await inBothThemes(page, async () => {
      expect(await violations(page)).toEqual([]);
    });
    await shoot(page, 'driver-follow-later', PHONE, 'light');
    expect(complaints).toEqual([]);
    await close();
  });

  it('is refused, takes what works instead, and cancels it knowing the price', async () => {
    const { page, complaints, close } = await visit(browser, '/driver/', PHONE, 'light');
    await signIn(page);
    await addCar(page, 'Zoe', 'DEMO-777');
    await hurry(page);
    await page.getByRole('button', { name: 'See offers' }).click();
    await page.getByText('but close').waitFor();
    await lookEverywhere(page, 'driver-refused');
    await page.locator('.alternative').first().click();
    await page.getByText('What works instead').waitFor();
    await lookOnPhone(page, 'driver-instead');

    // Looking took minutes of the world's time: asked anew, and taken at once as a driver would.
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('button', { name: 'See offers' }).click();
    await page.locator('.alternative').first().click();
    await page.getByRole('button', { name: /^Accept for/ }).click();
    await page.locator('.stages').waitFor();
    await page.getByRole('button', { name: /^Cancel/ }).click();
    await page.getByText(/^It costs/).waitFor();
    await page.getByRole('button', { name: /^Yes, cancel it|^Cancel,/ }).click();
    await page.getByText('You cancelled it.').waitFor();
    await lookOnPhone(page, 'driver-cancelled');
    await page.getByRole('button', { name: 'Ask again' }).click();
    await removeCar(page, 'Zoe');
    expect(complaints).toEqual([]);
    await close();
  });

  it('sees what is booked, the level, then the receipt', async () => {
    const { page, close } = await visit(browser, '/driver/', PHONE, 'light');
    const session = { state: 'Charging', started_at: new Date().toISOString(), ended_at: null, energy_wh: 9000, soc_start: 0.2, soc: 0.44, power_w: 41_000, expected_end: null };
    const unit = { id: 'u', name: 'V-2', kind: 'van', plate: 'MC 4711', position: null, soc: 0.6 };
    let status = 'booked';
    // As the house tells it: nobody comes yet, or somebody is there.
    await alterSnapshot(page, /ws\/driver/, (data) => ({ ...data, status, ...(status === 'booked' ? { session: null, unit: null } : { session, unit }) }));
    await signIn(page);
    await addCar(page, 'Zoe', 'DEMO-778');
    await order(page);
    await lookEverywhere(page, 'driver-follow-booked');
    status = 'charging';
    await page.reload();
    await page.locator('.level').waitFor();
    await page.getByText('Van V-2').waitFor();
    await lookEverywhere(page, 'driver-charging');
    status = 'completed';
    await page.reload();
    await page.locator('.receipt-total').waitFor();
    await lookEverywhere(page, 'driver-receipt');
    await close();
  });

  it('is told when the line is cut for a minute, and sees the truth again by itself', async () => {
    const { page, close } = await visit(browser, '/driver/', PHONE, 'light');
    await page.clock.install();
    let cut = false;
    const lines: { close: () => Promise<void> }[] = [];
    await page.routeWebSocket(/ws\/driver/, (socket) => {
      if (cut) {
        void socket.close();
        return;
      }
      socket.connectToServer();
      lines.push(socket);
    });
    await page.reload();
    await signIn(page);
    await addCar(page, 'Zoe', 'DEMO-779');
    await order(page);
    await page.getByText(/^Live/).waitFor();
    cut = true;
    for (const line of lines) await line.close();
    await page.getByText('No connection. Trying again.').waitFor();
    await page.clock.fastForward(60_000);
    expect(await page.locator('.stages').count()).toBe(1);
    cut = false;
    await page.clock.fastForward(20_000);
    await page.getByText(/^Live/).waitFor();
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
