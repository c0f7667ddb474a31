import type { Browser } from 'playwright-core';
import { PHONE, signIn, visit } from './visit';

/** Books a charge some hours ahead with a car of the demo driver, in place of what was booked before; returns the request's id. */
export async function bookAhead(browser: Browser, hours: number, place: string): Promise<string> {
  const { page, close } = await visit(browser, '/driver/', PHONE, 'light');
  await signIn(page);
  await page.locator('.sheet').first().waitFor({ timeout: 30_000 });
  const booked = await page.evaluate(async ([ahead, where]) => {
    const token = /csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? '';
    const call = async (method: string, path: string, body?: object) => {
      const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': token, 'Idempotency-Key': crypto.randomUUID() };
      const answer = await fetch(path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
      const at = answer.headers.get('Voltrun-Server-Time') ?? '';
      return { status: answer.status, at, body: (await answer.json()) as Record<string, unknown> };
    };
    const cars = await call('GET', '/api/driver/vehicles');
    const config = (await call('GET', '/api/config')).body as { area: { center: { lat: number; lon: number } } };
    const earliest = new Date(Date.parse(cars.at) + ahead * 3_600_000).toISOString();
    const latest = new Date(Date.parse(cars.at) + (ahead + 2) * 3_600_000).toISOString();
    const before = (await call('GET', '/api/driver/requests')).body['results'] as { id: string; status: string }[];
    for (const old of before.filter(({ status }) => ['booked', 'assigned'].includes(status))) await call('POST', `/api/driver/requests/${old.id}/cancel`, {});
    const said: unknown[] = [];
    for (const car of cars.body['results'] as { id: string }[]) {
      const wish = { vehicle: car.id, location: config.area.center, energy_kwh: 8, soc: 0.3, earliest, latest, place_text: where };
      const quote = await call('POST', '/api/driver/quotes', wish);
      const offer = (quote.body['offers'] as { id: string }[] | undefined)?.[0];
      if (!offer) {
        said.push(quote.body);
        continue;
      }
      const made = await call('POST', '/api/driver/requests', { offer: offer.id });
      if (made.status < 300) return made.body['id'] as string;
      said.push(made.body);
    }
    throw new Error(`no car could be booked: ${JSON.stringify(said).slice(0, 800)}`);
  }, [hours, place] as const);
  await close();
  return booked;
}

/** Gives a booking back, so that its car is free for the tests that follow. */
export async function giveUp(browser: Browser, request: string): Promise<void> {
  const { page, close } = await visit(browser, '/driver/', PHONE, 'light');
  await signIn(page);
  await page.locator('.sheet').first().waitFor({ timeout: 30_000 });
  await page.evaluate(async (id) => {
    const token = /csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? '';
    const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': token, 'Idempotency-Key': crypto.randomUUID() };
    await fetch(`/api/driver/requests/${id}/cancel`, { method: 'POST', headers, body: '{}' });
  }, request);
  await close();
}
