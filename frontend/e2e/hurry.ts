import type { Page } from 'playwright-core';
import { baseUrl } from './visit';

/** Nobody can be there within a minute: the house must say what works instead. */
export async function hurry(page: Page): Promise<void> {
  await page.route('**/api/driver/quotes', async (route) => {
    const body = route.request().postDataJSON() as Record<string, unknown>;
    const config = await page.request.get(`${baseUrl()}/api/config`);
    const now = Date.parse(config.headers()['voltrun-server-time'] ?? '');
    const latest = new Date(now + 60_000).toISOString();
    await route.continue({ postData: JSON.stringify({ ...body, latest }) });
  });
}
