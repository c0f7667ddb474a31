import type { Page } from 'playwright-core';

/** A car of its own for a test, so that no other's request stands in its way; it is the chosen one afterwards. */
export async function addCar(page: Page, model: string, plate: string): Promise<void> {
  await page.locator('button.car-field').click();
  await page.getByRole('button', { name: 'Add a car' }).click();
  await page.getByRole('searchbox').fill(model);
  await page.locator('.found', { hasText: model }).first().click();
  await page.getByLabel('Number plate').fill(plate);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('button.car-field', { hasText: plate }).waitFor();
}

export async function removeCar(page: Page, name: string): Promise<void> {
  await page.locator('button.car-field').click();
  await page.getByRole('button', { name: new RegExp(`^Change .*${name}`) }).first().click();
  await page.getByRole('button', { name: 'Remove this car' }).click();
  await page.getByRole('button', { name: 'Tap again to remove it' }).click();
  await page.locator('.car-list').waitFor();
}
