import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from './browser';
import { DESK, PHONE, shoot, signIn, visit } from './visit';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeWindow {
  axe: { run: (context: object) => Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> };
}

/** What the accessibility checker finds; the map's own canvas is MapLibre's. */
async function violations(page: Page): Promise<string[]> {
  await page.addScriptTag({ content: axe });
  return page.evaluate(async () => {
    const found = await (window as Window & Partial<AxeWindow>).axe?.run({ exclude: [['.maplibregl-canvas-container']] });
    return (found?.violations ?? []).map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  });
}

const screens = [
  { name: 'landing', path: '/', ready: '.door', sign: false },
  { name: 'driver', path: '/driver/', ready: '.sheet', sign: true },
  { name: 'ops', path: '/ops/', ready: '.top-bar', sign: true },
  { name: 'crew', path: '/crew/', ready: '.crew-head, .note', sign: true },
];
const SETTLE_MS = 3000;

describe.each(screens)('the $name screen', ({ name, path, ready, sign }) => {
  it.each([
    [PHONE, 'light'],
    [PHONE, 'dark'],
    [DESK, 'light'],
    [DESK, 'dark'],
  ] as const)('stands at %o in %s', async (size, theme) => {
    const { page, complaints, close } = await visit(browser, path, size, theme);
    if (sign) await signIn(page);
    await page.locator(ready).first().waitFor({ timeout: 30_000 });
    await page.waitForTimeout(SETTLE_MS);
    await shoot(page, name, size, theme);
    expect(await violations(page)).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
    await close();
  });
});
