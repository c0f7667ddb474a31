import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import { alterSnapshot } from './alter';
import { bookAhead, giveUp } from './booking';
import { launch } from './browser';
import { addCar } from './cars';
import { hurry } from './hurry';
import { inBothThemes } from './look';
import { order } from './order';
import { mapColours, mapPlainness } from './picture';
import { DESK, PHONE, shoot, signIn, SMALL, until, visit, WIDE, type Size } from './visit';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

/** A renderer in software takes its time for the ground after another size or theme; who looks will see if it is missing. */
const grounded = (page: Page) => until('the ground of the map is drawn', async () => (await mapPlainness(page)) < 0.85, 60_000).catch(() => undefined);

/** The screen as it stands at every size in both themes, to be looked at by somebody. */
async function shootAll(page: Page, name: string): Promise<void> {
  for (const size of [PHONE, SMALL, DESK, WIDE]) {
    await page.setViewportSize({ width: size.width, height: size.height });
    await inBothThemes(page, async (theme) => {
      await page.waitForTimeout(700); // the map draws itself anew
      if (await page.locator('.map-canvas').isVisible()) await grounded(page);
      await shoot(page, `tour-${name}`, size, theme);
    });
  }
  await page.setViewportSize({ width: PHONE.width, height: PHONE.height });
}

/** Letters twice as large leave half of a phone's width. */
const LARGE_LETTERS: Size = { name: '195x422', width: 195, height: 422 };

const drawn = (page: Page) => until('the map is drawn', async () => (await mapColours(page)) > 100, 60_000);

it('walks with a driver', async () => {
  const { page, close } = await visit(browser, '/driver/', PHONE, 'light');
  await signIn(page);
  await page.getByRole('button', { name: 'See offers' }).waitFor();
  await drawn(page);
  await shootAll(page, 'driver-1-ask');
  await addCar(page, 'Zoe', `TOUR-${String(Date.now() % 1000)}`);
  await page.getByRole('button', { name: 'See offers' }).click();
  await page.locator('.offer-card').first().waitFor();
  await shootAll(page, 'driver-2-offers');
  await page.getByRole('button', { name: 'Edit' }).click();
  await order(page);
  await page.waitForTimeout(4000);
  await shootAll(page, 'driver-4-follow');
  await page.setViewportSize({ width: LARGE_LETTERS.width, height: LARGE_LETTERS.height });
  await shoot(page, 'tour-driver-4-follow', LARGE_LETTERS, 'light');
  // As long as the charge takes in this city's time.
  await page.locator('.charging').waitFor({ timeout: 600_000 });
  await shootAll(page, 'driver-5-charging');
  await page.locator('.receipt-total').waitFor({ timeout: 900_000 });
  await shootAll(page, 'driver-6-receipt');
  await close();
});

it('walks with a driver in a hurry', async () => {
  const { page, close } = await visit(browser, '/driver/', PHONE, 'light');
  await signIn(page);
  await addCar(page, 'Zoe', `TOUR-${String(Date.now() % 1000)}`);
  await hurry(page);
  await page.getByRole('button', { name: 'See offers' }).click();
  await page.locator('.alternative').first().waitFor();
  await shootAll(page, 'driver-3-refused');
  await close();
});

const charge = { id: 'c', status: 'on_site', vehicle: 'Renault Zoe', plate: '7Q41', place_text: 'Boulevard des Moulins', energy_kwh: 32.2, soc: 0.18, target_soc: 0.8, access_note: 'Bay 14, behind the pillar' };
const at = (state: string) => (day: Record<string, unknown>) => {
  const [first, ...rest] = day['stops'] as Record<string, unknown>[];
  const [start, end] = [-10, 25].map((minutes) => new Date(Date.parse(String(day['server_time'])) + minutes * 60_000).toISOString());
  return { ...day, stops: [{ ...first, id: 'a', kind: 'serve', state, charge, start, end, energy_kwh: 32.2, session: null }, ...rest] };
};

it.each([
  ['1-stops', 'planned', '.crew-head'],
  ['2-at-car', 'arrived', '.checks'],
  ['3-charging', 'working', '.level'],
])('walks with a crew: %s', async (name, state, ready) => {
  const { page, close } = await visit(browser, '/crew/', PHONE, 'light');
  await alterSnapshot(page, /ws\/crew/, at(state));
  await signIn(page);
  await page.locator(ready).waitFor();
  await shootAll(page, `crew-${name}`);
  if (state === 'planned') {
    await page.getByRole('button', { name: 'Problem' }).click();
    await page.locator('.tile').first().click();
    await shootAll(page, 'crew-4-problem');
  }
  await close();
});

it('walks with a dispatcher', async () => {
  const place = `Hôtel de Ville ${String(Date.now() % 100_000)}`;
  const request = await bookAhead(browser, 3, place);
  const { page, close } = await visit(browser, '/ops/', DESK, 'light');
  await signIn(page);
  await page.locator('.tl-unit').first().waitFor();
  await drawn(page);
  await shootAll(page, 'ops-1-main');
  await page.setViewportSize({ width: DESK.width, height: DESK.height });
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find or do' }).fill(place);
  await page.getByRole('option', { name: place }).first().click();
  await page.locator('.detail').getByText(place).waitFor();
  await shootAll(page, 'ops-2-card');
  await page.setViewportSize({ width: DESK.width, height: DESK.height });
  await page.keyboard.press('w');
  await page.locator('.why-table').waitFor();
  await shootAll(page, 'ops-3-why');
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: DESK.width, height: DESK.height });
  await page.keyboard.press('m');
  await page.locator('.verdict-words').first().waitFor();
  await page.locator('.verdict.fits').first().click();
  await shootAll(page, 'ops-4-move');
  await close();
  await giveUp(browser, request);
});

/** A city in which most is well: what goes wrong is laid over its board. */
const troubled = (board: Record<string, unknown>) => {
  const now = Date.parse(String(board['server_time']));
  const after = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
  const requests = board['requests'] as { id: string; promise: { arrival_p90: string } }[];
  const routes = board['routes'] as { unit: string; stops: { id: string; request: string | null; state: string; revision: number }[] }[];
  const visits = routes.flatMap(({ unit, stops }) => stops.filter((stop) => stop.request && stop.state === 'planned').map((stop) => ({ unit, stop })));
  const units = (board['units'] as { id: string }[]).map((one) => one.id);
  const blank = { at: null, facts: {}, hurt: [], plug: null, request: null, stop: null, unit: null, fix: null };
  const late = visits.slice(0, 1).map(({ unit, stop }) => {
    const promised = requests.find((one) => one.id === stop.request)?.promise.arrival_p90 ?? after(20);
    const fix = { verb: 'move', request: stop.request, stop: stop.id, revision: stop.revision, unit: units.find((one) => one !== unit), arrival_p50: after(14), arrival_p90: after(19), late_s: 0, cost_milli: 2400, told: true };
    return { ...blank, id: 'a', kind: 'predicted_late', cause: 'visit_overruns', since: after(-2), facts: { late_s: 780, slip_s: 1020 }, unit, request: stop.request, stop: stop.id, hurt: [{ what: 'arrival', late_s: 780, request: stop.request, promised }], fix };
  });
  const others = [
    { ...blank, id: 'b', kind: 'low_soc', cause: 'below_plan', since: after(-1), at: after(95), facts: { short_wh: 3100, behind_wh: 2400 }, unit: units[0] },
    { ...blank, id: 'c', kind: 'stale', cause: 'silent', since: after(-6), unit: units[1] },
    { ...blank, id: 'd', kind: 'charger_fault', cause: 'faulted', since: after(-4), unit: units[2] },
  ];
  return { ...board, risks: [...late, ...others] };
};

it.each(['en', 'fr'] as const)('walks with a dispatcher in trouble: %s', async (language) => {
  const request = await bookAhead(browser, 3, 'Hôtel de Ville');
  const { page, close } = await visit(browser, '/ops/', DESK, 'light', { language });
  await alterSnapshot(page, /ws\/ops/, troubled);
  await signIn(page);
  await page.locator('.risk-fix').waitFor();
  await drawn(page);
  await shootAll(page, `ops-5-risks-${language}`);
  await page.getByRole('radio', { name: /Risks|Risques/ }).first().click();
  await shoot(page, `tour-ops-6-risks-tab-${language}`, PHONE, 'light');
  await close();
  await giveUp(browser, request);
});
