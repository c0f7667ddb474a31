import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alterSnapshot, breakAnswer, sayAway } from './alter';
import { launch } from './browser';
import { lookEverywhere, lookOnPhone } from './look';
import { mapColours } from './picture';
import { DESK, PHONE, signIn, until, visit, type Visit } from './visit';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

/** A screen of its own visit; what it complains about is a fault, unless the test broke something on purpose. */
async function open(path: string, then: (page: Page, seen: Visit) => Promise<void>, complains = false): Promise<void> {
  const seen = await visit(browser, path, path === '/ops/' ? DESK : PHONE, 'light');
  await then(seen.page, seen);
  if (!complains) expect(seen.complaints).toEqual([]);
  await seen.close();
}

const charge = { id: 'c', status: 'on_site', vehicle: 'Renault Zoe', plate: '7Q41', place_text: 'Boulevard des Moulins', energy_kwh: 32.2, soc: 0.18, target_soc: 0.8, access_note: '' };

/** The crew's first stop made a charge in a state of its own. */
const atCharge = (state: string) => (day: Record<string, unknown>) => {
  const stops = day['stops'] as Record<string, unknown>[];
  const [first, ...rest] = stops;
  const [start, end] = [-10, 25].map((minutes) => new Date(Date.parse(String(day['server_time'])) + minutes * 60_000).toISOString());
  return { ...day, stops: [{ ...first, id: 'a', kind: 'serve', state, charge, start, end, energy_kwh: 32.2, session: null }, ...rest] };
};

describe('the landing page', () => {
  it('says what this is, and that it runs', async () => {
    await open('/', async (page) => {
      await page.getByText('Everything runs').waitFor();
      expect(await page.locator('.system li').count()).toBeGreaterThanOrEqual(6);
      await lookEverywhere(page, 'landing');
    });
  });
});

describe('the stories', () => {
  it('hold every rule in both themes', async () => {
    await open('/static/stories.html', async (page) => {
      await page.locator('#Logo').waitFor();
      await page.waitForTimeout(2200); // a late skeleton says its sentence
      await lookEverywhere(page, 'stories');
    });
  });
});

describe("the driver's screens", () => {
  it('signing in, asking, searching, cars', async () => {
    await open('/driver/', async (page) => {
      await page.locator('.gate').waitFor();
      await lookOnPhone(page, 'sign-in');
      await signIn(page);
      await page.locator('.sheet').waitFor();
      await until('the map is drawn', async () => (await mapColours(page)) > 100, 30_000);
      await lookEverywhere(page, 'driver-ask');
      await page.locator('.ask-place').click();
      await page.getByRole('searchbox').fill('casino');
      await page.locator('.found').first().waitFor();
      await lookOnPhone(page, 'driver-search');
      await page.getByRole('searchbox').fill('zzzzqqqq');
      await page.getByText('Nothing here is called').waitFor();
      await lookOnPhone(page, 'driver-search-empty');
      await page.getByRole('button', { name: 'Back', exact: true }).click(); // Escape would only empty the field first
      await page.locator('.car-field').first().click();
      await lookOnPhone(page, 'driver-cars');
      await page.getByRole('button', { name: 'Add a car' }).click();
      await page.locator('.found').first().waitFor();
      await lookOnPhone(page, 'driver-add-car');
    });
  });

  it('an error says what is safe and the way out', async () => {
    await open(
      '/driver/',
      async (page) => {
        await breakAnswer(page, '**/api/driver/quotes');
        await signIn(page);
        await page.getByRole('button', { name: 'See offers' }).click();
        await page.getByRole('button', { name: 'Try again' }).waitFor();
        await lookOnPhone(page, 'driver-error');
      },
      true,
    );
  });
});

describe("the crew's screens", () => {
  it('the list, and what is wrong', async () => {
    await open('/crew/', async (page) => {
      await signIn(page);
      await page.locator('.crew-head').waitFor();
      await lookEverywhere(page, 'crew-stops');
      await page.getByRole('button', { name: 'Problem' }).click();
      await page.locator('.tile').first().click();
      await lookOnPhone(page, 'crew-problem');
    });
  });

  it('at the car, steps gate the start', async () => {
    await open('/crew/', async (page) => {
      await alterSnapshot(page, /ws\/crew/, atCharge('arrived'));
      await signIn(page);
      await page.getByText('Start: 6 steps to go').waitFor();
      await page.getByRole('checkbox').first().click();
      await page.getByText('Start: 5 steps to go').click();
      expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-checked'))).toBe('false');
      await lookEverywhere(page, 'crew-at-car');
    });
  });

  it('charging', async () => {
    await open('/crew/', async (page) => {
      await alterSnapshot(page, /ws\/crew/, atCharge('working'));
      await signIn(page);
      await page.getByText('Hold to stop').waitFor();
      await lookEverywhere(page, 'crew-charging');
    });
  });

  it('an empty day says when it will be looked at again', async () => {
    await open('/crew/', async (page) => {
      await alterSnapshot(page, /ws\/crew/, (day) => ({ ...day, stops: [], shift: null }));
      await signIn(page);
      await page.getByText('No shift now').waitFor();
      await lookOnPhone(page, 'crew-empty');
    });
  });
});

describe('a house without one of its parts', () => {
  it.each([
    ['/driver/', 'roads', 'times are guesses'],
    ['/crew/', 'writes', 'You can still look'],
    ['/ops/', 'planner', 'What is planned goes on'],
  ])('is named on %s', async (path, part, words) => {
    await open(path, async (page) => {
      await sayAway(page, part);
      await signIn(page);
      await page.locator('.house-band').getByText(words).waitFor();
      // The band comes before the page does.
      await until('the page is there', async () => (await page.locator('.skeleton, input[type="password"]').count()) === 0, 60_000);
      await lookOnPhone(page, `without-${part}`);
    });
  });
});
