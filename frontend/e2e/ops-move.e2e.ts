import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alterSnapshot, breakAnswer } from './alter';
import { violations } from './axe';
import { bookAhead, giveUp } from './booking';
import { launch } from './browser';
import { inBothThemes, themes } from './look';
import { mapColours } from './picture';
import { DESK, shoot, signIn, until, visit } from './visit';

let browser: Browser;
let request: string;
beforeAll(async () => {
  browser = await launch();
  request = await bookAhead(browser, 3, place);
});
afterAll(async () => {
  await giveUp(browser, request);
  await browser.close();
});

/** A name that no earlier run has used. */
const place = `Hôtel de Ville ${String(Date.now() % 100_000)}`;

async function openConsole(before?: (page: Page) => Promise<void>) {
  const opened = await visit(browser, '/ops/', DESK, 'light');
  await before?.(opened.page);
  await signIn(opened.page);
  await opened.page.locator('.tl-unit, .pane-empty').first().waitFor({ timeout: 60_000 });
  return opened;
}

/** Selects the booked visit by search, and lifts it with a key. */
async function lift(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find or do' }).fill(place);
  await page.getByRole('option', { name: place }).first().click();
  await page.locator('.detail').getByText(place).waitFor();
  await page.keyboard.press('m');
  await page.locator('.move-pane').waitFor();
  await page.locator('.verdict-words').first().waitFor({ timeout: 30_000 });
}

/** Carries what is lifted to a unit that takes it and hurts nobody, the first unless said otherwise; tells its name. */
async function carryOn(page: Page, which = 0): Promise<string> {
  const row = page.locator('.tl-row', { has: page.locator('.verdict.fits') }).nth(which);
  const name = await row.locator('.tl-name b').innerText();
  await row.locator('.verdict').click();
  await page.locator('.move-way').getByText(name, { exact: true }).last().waitFor();
  return name;
}

const stopOf = (page: Page) =>
  page.evaluate(async (id) => {
    const board = (await (await fetch('/api/ops/board')).json()) as { units: { id: string; name: string }[]; routes: { unit: string; stops: { request: string | null; state: string; lock: object | null }[] }[] };
    const route = board.routes.find((one) => one.stops.some((stop) => stop.request === id));
    const stop = route?.stops.find((one) => one.request === id);
    return { unit: board.units.find((unit) => unit.id === route?.unit)?.name, held: Boolean(stop?.lock) };
  }, request);

describe('moving a visit', () => {
  it('previews every unit, drops where it fits, and holds it there', async () => {
    const { page, complaints, close } = await openConsole();
    await lift(page);
    const before = await stopOf(page);
    const name = await carryOn(page);
    await page.locator('.move-table').waitFor();
    await shoot(page, 'ops-move', DESK, 'light');
    await page.keyboard.press('Enter');
    await page.locator('.toast').getByText(name).waitFor({ timeout: 20_000 });
    expect(name).not.toBe(before.unit);
    expect(await stopOf(page)).toEqual({ unit: name, held: true });
    expect(complaints).toEqual([]);
    await close();
  });

  it('drags with the pointer from row to row: Escape puts back, letting go drops it there', async () => {
    const { page, close } = await openConsole();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Find or do' }).fill(place);
    await page.getByRole('option', { name: place }).first().click();
    const block = page.locator('.block.movable.chosen');
    await block.waitFor();
    const box = await block.boundingBox();
    const rows = await page.locator('.tl-row').evaluateAll((all) => all.map((row) => row.getBoundingClientRect().y + 18));
    if (!box) throw new Error('the visit is not on the timeline');
    const far = rows.reduce((best, y) => (Math.abs(y - box.y) > Math.abs(best - box.y) && y < DESK.height - 40 ? y : best), box.y);
    await page.mouse.move(box.x + 10, box.y + 8);
    await page.mouse.down();
    await page.mouse.move(box.x + 10, far, { steps: 6 });
    await page.locator('.tl-row.over').waitFor();
    expect(await page.locator('.move-pane').count()).toBe(1);
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await page.locator('.console-risks:not(.move-pane)').waitFor();

    await page.mouse.move(box.x + 10, box.y + 8);
    await page.mouse.down();
    await page.mouse.move(box.x + 10, far, { steps: 6 });
    const fitting = page.locator('.tl-row', { has: page.locator('.verdict.fits') });
    await fitting.first().waitFor({ timeout: 30_000 });
    const seen = await fitting.evaluateAll((all) => all.map((row) => ({ y: row.getBoundingClientRect().y + 18, name: row.querySelector('.tl-name b')?.textContent ?? '' })));
    const target = seen.find(({ y }) => y < DESK.height - 40);
    if (!target) throw new Error('no unit in sight takes the visit');
    await page.mouse.move(box.x + 10, target.y, { steps: 6 });
    await page.locator('.tl-row.over').getByText(target.name, { exact: true }).waitFor();
    await page.mouse.up();
    await page.locator('.toast').getByText(target.name).waitFor({ timeout: 20_000 });
    expect(await stopOf(page)).toEqual({ unit: target.name, held: true });
    await close();
  });

  it('tells the slower of two consoles what the faster one did', async () => {
    const fast = await openConsole();
    const slow = await openConsole();
    await lift(fast.page);
    await lift(slow.page);
    let letGo: () => void = () => undefined;
    const gate = new Promise<void>((open) => {
      letGo = open;
    });
    await slow.page.route(/\/move$/, async (route) => {
      await gate;
      await route.continue();
    });
    // Another unit: the same move by the same person would be the same deed, and done once.
    await carryOn(slow.page, 1);
    await slow.page.keyboard.press('Enter');
    const name = await carryOn(fast.page);
    await fast.page.keyboard.press('Enter');
    await fast.page.locator('.toast').getByText(name).waitFor({ timeout: 20_000 });
    letGo();
    await slow.page.getByRole('alert').getByText(/Somebody has changed this visit/).waitFor({ timeout: 20_000 });
    expect((await stopOf(slow.page)).unit).toBe(name);
    await slow.close();
    await fast.close();
  });
});

describe('the console, by every rule of access', () => {
  it('holds them with a visit carried, a card, a why, the keys and an error open, in both themes', async () => {
    const { page, complaints, close } = await openConsole();
    await until('the map is drawn', async () => (await mapColours(page)) > 200, 30_000);
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme });
      await lift(page);
      await carryOn(page);
      expect(await violations(page)).toEqual([]);
      await shoot(page, 'ops-move', DESK, theme);
      await page.keyboard.press('Escape');
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('w');
      await page.locator('.why-table').waitFor({ timeout: 20_000 });
      expect(await violations(page)).toEqual([]);
      await shoot(page, 'ops-why', DESK, theme);
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await page.locator('dialog[open]').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
    }
    expect(complaints).toEqual([]);
    await breakAnswer(page, '**/api/ops/moves/preview');
    await page.keyboard.press('m');
    await page.locator('.move-pane').getByRole('alert').waitFor({ timeout: 20_000 });
    await inBothThemes(page, async () => {
      expect(await violations(page)).toEqual([]);
    });
    await close();
  });

  it('says what is true when there is nothing', async () => {
    const { page, close } = await openConsole(async (fresh) => {
      await alterSnapshot(fresh, /ws\/ops/, (board) => ({ ...board, units: [], requests: [], routes: [], risks: [] }));
    });
    await page.getByText('Nothing is asked for right now').waitFor();
    await page.getByText('Every promise holds').waitFor();
    await page.getByText('No units yet').waitFor();
    await inBothThemes(page, async (theme) => {
      expect(await violations(page)).toEqual([]);
      await shoot(page, 'ops-empty', DESK, theme);
    });
    await close();
  });
});

describe('a cut line', () => {
  it('shows its age, and the console is up to date by itself when it is back', async () => {
    let isCut = false;
    let isDumb = false;
    let asked = 0;
    const cut: (() => void)[] = [];
    const { page, close } = await openConsole(async (fresh) => {
      await fresh.route('**/api/ops/board', async (route) => {
        asked += 1;
        await (isDumb ? route.abort() : route.continue());
      });
      await fresh.routeWebSocket(/ws\/ops/, (socket) => {
        if (isCut) {
          void socket.close();
          return;
        }
        socket.connectToServer();
        cut.push(() => void socket.close());
      });
    });
    isCut = true;
    for (const end of cut) end();
    // Without its stream the page asks; only who does not answer either is lost.
    await until('the page asks for its board', () => asked > 0, 30_000);
    await page.locator('.lost-band').waitFor({ state: 'detached', timeout: 30_000 });
    isDumb = true;
    await page.locator('.lost-band').waitFor({ timeout: 30_000 });
    expect(await violations(page)).toEqual([]);
    await shoot(page, 'ops-lost', DESK, 'light');
    await page.waitForTimeout(4_000); // long enough for several tries in vain
    await page.getByText(/No connection since/).waitFor();
    isCut = isDumb = false;
    await page.locator('.lost-band').waitFor({ state: 'detached', timeout: 30_000 });
    await close();
  });
});
