import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { violations } from './axe';
import { DESK, PHONE, shoot, SMALL, type Size, type Theme } from './visit';

/** Sizes and themes a screen is looked at in; the phone is where the rules are checked in both themes. */
const views: readonly (readonly [Size, Theme])[] = [
  [PHONE, 'light'],
  [PHONE, 'dark'],
  [SMALL, 'dark'],
  [DESK, 'light'],
];

async function look(page: Page, name: string, seen: typeof views): Promise<void> {
  const found: string[] = [];
  for (const [size, theme] of seen) {
    await page.setViewportSize({ width: size.width, height: size.height });
    await page.emulateMedia({ colorScheme: theme });
    await page.waitForTimeout(60); // colours take a frame or two
    await shoot(page, name, size, theme);
    if (size !== SMALL) found.push(...(await violations(page)).map((one) => `${name} ${size.name} ${theme}: ${one}`));
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (overflow > 0) found.push(`${name} ${size.name}: ${String(overflow)} px too wide`);
  }
  await page.setViewportSize({ width: PHONE.width, height: PHONE.height });
  await page.emulateMedia({ colorScheme: 'light' });
  expect(found).toEqual([]);
}

/** The screen as it stands, on a phone in both themes, on a small phone and on a desk: no violation, nothing too wide; pictures are kept. */
export const lookEverywhere = (page: Page, name: string): Promise<void> => look(page, name, views);

/** The same on a phone alone. */
export const lookOnPhone = (page: Page, name: string): Promise<void> => look(page, name, views.slice(0, 2));

export const themes: readonly Theme[] = ['dark', 'light'];

/** Looks at the screen as it stands in one theme, then in the other. */
export async function inBothThemes(page: Page, look: (theme: Theme) => Promise<void>): Promise<void> {
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme });
    await page.waitForTimeout(60); // colours take a frame or two
    await look(theme);
  }
}
