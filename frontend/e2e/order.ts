import type { Page } from 'playwright-core';

/** Asks for a charge, with one of the demo driver's cars or the chosen one, and takes the soonest offer; ends on the page that follows it. */
export async function order(page: Page, car?: number): Promise<void> {
  if (car !== undefined) {
    await page.locator('button.car-field').click();
    await page.locator('.car-choice').nth(car).click();
  }
  await page.getByRole('button', { name: 'See offers' }).click();
  await page.locator('.offer-card').first().waitFor();
  await page.getByRole('button', { name: /^Accept for/ }).click();
  await page.locator('.stages').waitFor();
}
