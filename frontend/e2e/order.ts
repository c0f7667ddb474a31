import type { Page } from 'playwright-core';

/** Somebody else may be faster, or a city at thirty times the clock: then the house offers anew, and one presses again. */
const TRIES = 4;

/** Asks for a charge, with one of the demo driver's cars or the chosen one, and takes the soonest offer; ends on the page that follows it. */
export async function order(page: Page, car?: number): Promise<void> {
  if (car !== undefined) {
    await page.locator('button.car-field').click();
    await page.locator('.car-choice').nth(car).click();
  }
  await page.getByRole('button', { name: 'See offers' }).click();
  const stages = page.locator('.stages');
  for (let tries = 1; tries <= TRIES; tries += 1) {
    await page.locator('.offer-card').first().waitFor();
    await page.getByRole('button', { name: /^Accept for/ }).click();
    await page.waitForTimeout(300);
    await stages.or(page.locator('.offers-part .note')).first().waitFor();
    if (await stages.isVisible()) return;
  }
  throw new Error(`no offer could be taken in ${String(TRIES)} tries: ${await page.locator('.offers-part .note').innerText()}`);
}
