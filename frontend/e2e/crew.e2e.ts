import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from './browser';
import { baseUrl, PHONE, shoot, signIn, until, visit } from './visit';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

interface Answered {
  key: string;
  at: string;
}

/** What the page sent for its crew and heard an answer to, in order. */
function listen(page: Page): Answered[] {
  const answered: Answered[] = [];
  page.on('response', (response) => {
    const request = response.request();
    if (request.method() !== 'POST' || !request.url().includes('/api/crew/')) return;
    const body = request.postDataJSON() as { at?: string };
    answered.push({ key: request.headers()['idempotency-key'] ?? '', at: body.at ?? '' });
  });
  return answered;
}

/** The one thing to do next, whatever it is; at a car every step is done first. */
async function doNext(page: Page): Promise<void> {
  const hold = page.getByRole('button', { name: 'Hold to stop' });
  if (await hold.isVisible()) {
    await page.getByLabel(/Meter at the outlet/).fill('99999');
    await hold.focus();
    await page.keyboard.down('Enter');
    await page.waitForTimeout(800);
    await page.keyboard.up('Enter');
    return;
  }
  // What is ticked is no longer among the open ones: always the first of them.
  const open = page.getByRole('checkbox', { checked: false });
  for (let left = await open.count(); left > 0; left -= 1) {
    const meter = page.getByLabel('Meter at the outlet, kWh');
    if (await meter.isVisible()) await meter.fill('12345,6');
    await open.first().click();
    await until('the step is ticked', async () => (await open.count()) < left, 5_000);
  }
  await page.locator('.crew-actions .button.crew').click();
}

const waiting = (page: Page) => page.locator('.queued').count();

describe('the crew', () => {
  it('works on for three actions without a network; they go up in order once it is back', async () => {
    const { page, close } = await visit(browser, '/crew/', PHONE, 'light');
    await signIn(page);
    await page.getByText('Up to date').waitFor();
    const answered = listen(page);
    await page.context().setOffline(true);
    await page.getByText(/^No signal since/).waitFor();
    for (let count = 1; count <= 3; count += 1) {
      await doNext(page);
      await page.getByText(count === 1 ? '1 action is safe' : `${String(count)} actions are safe`).waitFor();
    }
    const back = page.getByRole('button', { name: 'Back', exact: true });
    if (await back.isVisible()) await back.click();
    expect(await waiting(page)).toBe(3);
    await shoot(page, 'crew-offline', PHONE, 'light');
    await page.reload().catch(() => undefined); // there is nobody to load it from; what was tapped is kept all the same

    expect(answered).toEqual([]);
    await page.context().setOffline(false);
    await page.goto(`${baseUrl()}/crew/`);
    await page.getByText('Up to date').waitFor();
    await until('nothing waits any more', async () => (await page.locator('.queued:not(.refused)').count()) === 0, 30_000);
    // One whose answer was lost is asked again under its own key before the next goes up.
    expect(new Set(answered.map(({ key }) => key)).size).toBe(3);
    expect(answered.map(({ at }) => at)).toEqual(answered.map(({ at }) => at).sort());
    await close();
  });
});
