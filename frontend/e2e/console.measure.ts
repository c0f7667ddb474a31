import type { Page, WebSocketRoute } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import type { Board } from '../src/api/opsTypes';
import { bigBoard } from '../src/testing/bigBoard';
import { launch } from './browser';
import { mapColours } from './picture';
import { DESK, shoot, signIn, until, visit } from './visit';

const UNITS = 200;
const STOPS = 2000;
const CHANGES = 500;

interface Probe {
  usableMs: number;
  tasks: { at: number; ms: number }[];
  firstBurstAt: number;
  drawnAt: number;
}
type Watched = Window & { probe: Probe };

let browser: Awaited<ReturnType<typeof launch>>;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

/** In the page: when it is usable, which tasks are long, when a burst comes and when its last word is drawn. */
function watch(): void {
  const probe: Probe = { usableMs: 0, tasks: [], firstBurstAt: 0, drawnAt: 0 };
  Object.assign(window, { probe });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) probe.tasks.push({ at: entry.startTime, ms: entry.duration });
  }).observe({ type: 'longtask', buffered: true });
  const look = () => {
    if (!probe.usableMs && document.querySelectorAll('.tl-row').length > 5 && document.querySelector('.queue-row')) probe.usableMs = performance.now();
    if (probe.firstBurstAt && !probe.drawnAt && document.body.textContent.includes('Burst crew')) probe.drawnAt = performance.now();
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols);
      this.addEventListener('message', ({ data }) => {
        if (!probe.firstBurstAt && String(data).includes('"burst"')) probe.firstBurstAt = performance.now();
      });
    }
  };
}

const longest = (probe: Probe, from: number): string => {
  const long = probe.tasks.filter((task) => task.at >= from).map((task) => task.ms);
  return `${String(long.length)} tasks above 50 ms, longest ${String(Math.round(Math.max(0, ...long)))} ms`;
};
const read = (page: Page) => page.evaluate(() => (window as Window & Partial<Watched>).probe as Probe);
const nowIn = (page: Page) => page.evaluate(() => performance.now());

it('measures the console of a large city', async () => {
  let line: WebSocketRoute | null = null;
  let board: Board | null = null;
  let seq = 0;
  const { page, close } = await visit(browser, '/ops/', DESK, 'light');
  await signIn(page);
  await page.locator('.tl-unit').first().waitFor({ timeout: 60_000 });
  await page.routeWebSocket(/ws\/ops/, (socket) => {
    line = socket;
    socket.connectToServer().onMessage((message) => {
      const frame = JSON.parse(String(message)) as { type: string; seq: number; at: string; data: Board };
      // Without beats a page that is measured slowly would think the line cut.
      if (frame.type === 'beat') socket.send(JSON.stringify({ ...frame, seq }));
      if (frame.type !== 'snapshot') return;
      seq = frame.seq;
      board = bigBoard(frame.data, { units: UNITS, stops: STOPS, nowMs: Date.parse(frame.data.server_time) });
      socket.send(JSON.stringify({ ...frame, data: board }));
    });
  });
  // After the line's own stand-in, which puts its class in the socket's place.
  await page.addInitScript(watch);
  await page.reload();
  await until('the console is usable', async () => (await read(page)).usableMs > 0, 60_000);
  const { usableMs } = await read(page);
  await until('the map is drawn', async () => (await mapColours(page)) > 200, 60_000);
  await page.waitForTimeout(4000);

  const panFrom = await nowIn(page);
  const box = await page.locator('.map-canvas').boundingBox();
  if (!box) throw new Error('there is no map');
  for (let count = 0; count < 6; count += 1) {
    const way = count % 2 === 0 ? 1 : -1;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 + way * 160, box.y + box.height / 2 + way * 60, { steps: 30 });
    await page.mouse.up();
  }
  await page.waitForTimeout(500);
  const panned = longest(await read(page), panFrom);

  const rollFrom = await nowIn(page);
  await page.mouse.move(700, 800);
  for (let count = 0; count < 20; count += 1) {
    await page.mouse.wheel(0, 180);
    await page.waitForTimeout(30);
  }
  const rolled = longest(await read(page), rollFrom);
  await page.locator('.tl-scroll').evaluate((element) => { element.scrollTop = 0; });
  await page.waitForTimeout(1500);

  const whole = board as Board | null;
  const socket = line as WebSocketRoute | null;
  if (!whole || !socket) throw new Error('no board came');
  const shown = await page.locator('.tl-name b').first().innerText();
  const at = whole.server_time;
  for (let number = 0; number < CHANGES; number += 1) {
    const unit = number === CHANGES - 1 ? whole.units.find((one) => one.name === shown) : whole.units[number % UNITS];
    const request = whole.requests[(number * 3) % whole.requests.length];
    seq += 1;
    const data = { units: unit ? [{ ...unit, crew: number === CHANGES - 1 ? 'Burst crew' : 'burst' }] : [], requests: request ? [{ ...request, energy_kwh: 19 }] : [] };
    socket.send(JSON.stringify({ type: 'burst', seq, at, data }));
  }
  await until('the burst is drawn', async () => (await read(page)).drawnAt > 0, 60_000);
  const probe = await read(page);
  await shoot(page, 'ops-big', DESK, 'light');
  console.log(
    [
      `console of ${String(UNITS)} units, ${String(STOPS)} stops, ${String(whole.requests.length)} requests`,
      `usable after          ${String(Math.round(usableMs))} ms`,
      `panning the map       ${panned}`,
      `rolling the timeline  ${rolled}`,
      `${String(CHANGES)} changes drawn    ${String(Math.round(probe.drawnAt - probe.firstBurstAt))} ms after the first came`,
    ].join('\n'),
  );
  await close();
});
