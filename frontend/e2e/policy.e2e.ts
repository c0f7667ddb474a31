import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from './browser';
import { baseUrl, DESK, PHONE, signIn, visit, type Visit } from './visit';

/** What the policies of content and permissions say to a page is heard here. */
const SAID = 'policy of the page:';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

const listen = (context: BrowserContext) =>
  context.addInitScript((said) => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(said, event.effectiveDirective, event.blockedURI, event.sourceFile);
    });
  }, SAID);

interface Watched extends Visit {
  /** Every word about a policy, whatever its level. */
  said: string[];
}

async function watch(path: string, size = PHONE): Promise<Watched> {
  const said: string[] = [];
  const seen = await visit(browser, path, size, 'light', {
    before: async (context) => {
      await listen(context);
      context.on('console', (message) => {
        if (/policy|refused to/i.test(message.text())) said.push(message.text());
      });
    },
  });
  return { ...seen, said };
}

type Step = (page: Page) => Promise<unknown>;

const goTo =
  (path: string, ready: string): Step =>
  async (page) => {
    await page.goto(`${baseUrl()}${path}`);
    await page.locator(ready).first().waitFor();
  };

const seeOffers: Step = async (page) => {
  await page.locator('.map-canvas').first().waitFor();
  await page.getByRole('button', { name: 'See offers' }).click();
  await page.locator('.offer-card').first().waitFor();
};

/** Before anybody has signed in. */
const openRooms = ['sign-up', 'sign-up#x', 'forgot', 'reset#x-y', 'verify#x', 'factor', 'passkey', 'invitation#x', 'erased'];

const people: { who: string; path: string; ready: string; then: Step[]; desk?: boolean }[] = [
  { who: 'a driver', path: '/driver/', ready: '.sheet', then: [seeOffers, goTo('/account/', '.account-part')] },
  { who: 'a crew', path: '/crew/', ready: '.crew-head', then: [(page) => page.locator('.problem-button').click(), goTo('/account/', '.account-part')] },
  {
    who: 'a dispatcher',
    path: '/ops/',
    ready: '.top-bar',
    then: [(page) => page.locator('canvas').first().waitFor(), (page) => page.getByRole('link', { name: 'System' }).click(), goTo('/account/', '.account-part')],
    desk: true,
  },
  { who: 'an owner', path: '/account/', ready: '.account-part', then: [goTo('/account/people', '.account-part'), goTo('/ops/', '.top-bar')], desk: true },
];

const doorsteps = [
  { name: 'landing', path: '/' },
  { name: 'driver', path: '/driver/' },
  { name: 'crew', path: '/crew/' },
  { name: 'ops', path: '/ops/' },
  { name: 'account', path: '/account/' },
  { name: 'admin', path: '/admin/' },
];

describe('the policies of content and permissions', () => {
  it('have nothing to say where nobody has signed in', async () => {
    const { page, said, close } = await watch('/');
    await page.locator('.system li').first().waitFor();
    for (const room of openRooms) {
      await page.goto('about:blank'); // another word behind the # alone would load nothing
      await goTo(`/account/${room}`, '.gate')(page);
    }
    await goTo('/admin/', '.gate-form')(page);
    expect(page.url()).toContain('/account/?next=/admin/');
    await goTo('/static/stories.html', '#Logo')(page);
    await page.waitForTimeout(500); // what comes late is heard, too
    expect(said).toEqual([]);
    await close();
  });

  it.each(people)('have nothing to say to $who', async ({ path, ready, then, desk }) => {
    const { page, said, close } = await watch(path, desk ? DESK : PHONE);
    await signIn(page);
    await page.locator(ready).first().waitFor();
    for (const step of then) {
      await step(page);
      await page.waitForTimeout(500); // maps and sockets come after the page
    }
    expect(said).toEqual([]);
    await close();
  });

  it.each(doorsteps)('let no script run that was slipped into the $name page', async ({ path }) => {
    const { page, said, close } = await watch('/healthz');
    await page.route(`${baseUrl()}/**`, async (route) => {
      if (route.request().resourceType() !== 'document') return route.continue();
      const answer = await route.fetch();
      const html = (await answer.text()).replace('</head>', '<script>window.slipped = true</script><style>body { color: rgb(1, 2, 3) }</style></head>');
      await route.fulfill({ response: answer, body: html });
    });
    await page.goto(`${baseUrl()}${path}`);
    await page.locator('h1').first().waitFor();
    expect(await page.content()).toContain('window.slipped');
    const shown = await page.evaluate(() => ({ slipped: 'slipped' in window, colour: getComputedStyle(document.body).color }));
    expect(shown.slipped).toBe(false);
    expect(shown.colour).not.toBe('rgb(1, 2, 3)');
    expect(said.some((one) => one.startsWith(`${SAID} script-src-elem inline`))).toBe(true);
    expect(said.some((one) => one.startsWith(`${SAID} style-src-elem inline`))).toBe(true);
    await close();
  });

  it('let nothing run that a page makes of words, and no page ask where one is', async () => {
    const { page, said, close } = await watch('/');
    await page.locator('.system li').first().waitFor();
    const ran = await page.evaluate(async () => {
      const tries: Record<string, () => void> = {
        element: () => document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.element = true' })),
        handler: () => { document.body.insertAdjacentHTML('beforeend', '<img src="/nowhere.png" onerror="window.handler = true">'); },
        words: () => { setTimeout('window.words = true'); },
        elsewhere: () => document.body.append(Object.assign(document.createElement('script'), { src: 'https://elsewhere.invalid/x.js' })),
        frame: () => document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://elsewhere.invalid/' })),
      };
      for (const attempt of Object.values(tries)) {
        try {
          attempt();
        } catch {
          // refused at once
        }
      }
      await new Promise((done) => setTimeout(done, 1000));
      const asked = await new Promise((done) => {
        navigator.geolocation.getCurrentPosition(() => { done('told'); }, ({ code }) => { done(code); });
      });
      return { ran: Object.keys(tries).filter((name) => name in window), asked };
    });
    expect(ran).toEqual({ ran: [], asked: 1 });
    const of = (directive: string) => said.filter((one) => one.startsWith(`${SAID} ${directive}`)).length;
    expect([of('script-src-elem'), of('script-src-attr'), of('script-src '), of('frame-src')]).toEqual([2, 1, 1, 1]);
    expect(said.some((one) => /permissions policy/i.test(one))).toBe(true);
    await close();
  });
});
