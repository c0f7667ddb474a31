import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';

export type Theme = 'light' | 'dark';

export interface Size {
  name: string;
  width: number;
  height: number;
}

export const PHONE: Size = { name: '390x844', width: 390, height: 844 };
export const SMALL: Size = { name: '360x640', width: 360, height: 640 };
export const DESK: Size = { name: '1440x900', width: 1440, height: 900 };

export const WIDE: Size = { name: '1920x1080', width: 1920, height: 1080 };

const SHOTS = resolve(import.meta.dirname, '../../var/screenshots');

/** Not BASE_URL: Vite keeps that name for itself. */
export function baseUrl(): string {
  const url = process.env['VOLTRUN_URL'];
  if (!url) throw new Error('VOLTRUN_URL must name a running house, e.g. VOLTRUN_URL=http://127.0.0.1:8000 npm run e2e');
  return url.replace(/\/$/, '');
}

/** A busy machine draws slowly; what never comes still fails. */
const PATIENCE_MS = 90_000;

export interface Visit {
  page: Page;
  /** What the page complained about; a good visit has nothing here. */
  complaints: string[];
  /** Every WebSocket message received, as text. */
  frames: string[];
  close: () => Promise<void>;
}

/** Complaints of the software renderer say nothing about the page. */
const NOISE = /GPU stall|GL Driver Message|WebGL|Failed to load resource.*40[134]|status of 40[134]/;

export interface Reader {
  /** `pseudo` is no locale of a browser: it is chosen as a reader would choose. */
  language?: 'en' | 'fr' | 'pseudo';
  /** With the glides between two fixes: every frame of them is drawn by software here, and few tests are about them. */
  motion?: boolean;
  /** Pages that may be kept for a time without a network; tests that stand between page and house must do without. */
  offline?: boolean;
  /** What is to be there before the first page is. */
  before?: (context: BrowserContext) => Promise<void>;
}

/** A fresh reader with an empty browser. */
export async function visit(browser: Browser, path: string, size: Size, theme: Theme, reader: Reader = {}): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: size.width, height: size.height },
    deviceScaleFactor: size.width < 500 ? 2 : 1,
    colorScheme: theme,
    reducedMotion: reader.motion ? 'no-preference' : 'reduce',
    locale: reader.language === 'fr' ? 'fr-FR' : 'en-GB',
    serviceWorkers: reader.offline ? 'allow' : 'block',
  });
  if (reader.language === 'pseudo') {
    await context.addInitScript(() => {
      localStorage.setItem('voltrun-language', 'pseudo');
    });
  }
  await reader.before?.(context);
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  const frames: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !NOISE.test(message.text())) complaints.push(`${message.text()} (${message.location().url})`);
  });
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => frames.push(payload.toString()));
  });
  await page.goto(`${baseUrl()}${path}`);
  return { page, complaints, frames, close: () => context.close() };
}

/** One click, where the demo offers it. */
export async function signIn(page: Page): Promise<void> {
  await page.locator('.gate .button.main').first().click();
}

export async function shoot(page: Page, name: string, size: Size, theme: Theme): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: resolve(SHOTS, `${name}-${size.name}-${theme}.png`) });
}

/** Asks until it holds; the wait is bounded and says what for. */
export async function until(what: string, holds: () => Promise<boolean> | boolean, withinMs: number): Promise<void> {
  const end = Date.now() + withinMs;
  for (;;) {
    if (await holds()) return;
    if (Date.now() > end) throw new Error(`waited ${String(withinMs / 1000)} s in vain until ${what}`);
    await new Promise((done) => setTimeout(done, 250));
  }
}
