import { loadavg } from 'node:os';
import type { Page, WebSocketRoute } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import type { Board } from '../src/api/opsTypes';
import { bigBoard } from '../src/testing/bigBoard';
import { launch } from './browser';
import { mapColours } from './picture';
import { baseUrl, DESK, shoot, signIn, until, visit } from './visit';

const UNITS = 200;
const STOPS = 2000;
const CHANGES = 500;
const BURSTS = 7;
/** Who the crew of the row watched is called after burst `number`. */
const crewAfter = (number: number) => `Burst crew ${String(number)}.`;

const STARTS = 5;

/** The middle one, and all of them. */
const told = (all: readonly number[]): string =>
  `${String([...all].sort((a, b) => a - b)[Math.floor(all.length / 2)])} ms (${all.join(', ')})`;

interface Probe {
  usableMs: number;
  burst: number;
  burstAt: number;
  /** When the page held it, and when it was told of a frame after that: frames wait for the renderer. */
  heldMs: number[];
  drawnMs: number[];
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
function watch(changes: number): void {
  const probe: Probe = { usableMs: 0, burst: 0, burstAt: 0, heldMs: [], drawnMs: [] };
  Object.assign(window, { probe });
  const isHeld = () => [...document.querySelectorAll('.tl-name')].some((name) => name.textContent.includes(`Burst crew ${String(probe.burst)}.`));
  window.setInterval(() => {
    if (probe.burstAt && probe.heldMs.length === probe.burst && isHeld()) probe.heldMs.push(performance.now() - probe.burstAt);
  }, 10);
  const look = () => {
    if (!probe.usableMs && document.querySelectorAll('.tl-row').length > 5 && document.querySelector('.queue-row')) probe.usableMs = performance.now();
    if (probe.burstAt && isHeld()) {
      if (probe.heldMs.length === probe.burst) probe.heldMs.push(performance.now() - probe.burstAt);
      probe.drawnMs.push(performance.now() - probe.burstAt);
      probe.burst += 1;
      probe.burstAt = 0;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols);
      // The test's own line brings one change at a time, slowly: kept until the last, then all at once.
      const held: unknown[] = [];
      this.addEventListener('message', (event) => {
        if (probe.burstAt || !String(event.data).includes('"type":"burst"')) return;
        event.stopImmediatePropagation();
        if (held.push(event.data) < changes) return;
        probe.burstAt = performance.now();
        for (const data of held.splice(0)) this.dispatchEvent(new MessageEvent('message', { data }));
      });
    }
  };
}

interface Task {
  name: string;
  dur?: number;
  /** What the task itself computed: on a busy machine, or waiting for a renderer in software, it lasts longer than that. */
  tdur?: number;
  pid: number;
  tid: number;
  args: { name?: string };
}

const LONG_MS = 50;

/** Tasks of the page's main thread while something is done: how many are long by the clock, and how many by their own work. */
async function tasksWhile(page: Page, what: () => Promise<void>): Promise<string> {
  await browser.startTracing(page, { categories: ['toplevel', '__metadata', 'disabled-by-default-devtools.timeline'] });
  await what();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: Task[] };
  const mains = traceEvents.filter((event) => event.name === 'thread_name' && event.args.name === 'CrRendererMain');
  const tasks = traceEvents.filter((event) => event.name === 'RunTask' && mains.some((main) => main.pid === event.pid && main.tid === event.tid));
  const longOf = (key: 'dur' | 'tdur') => {
    const all = tasks.map((task) => (task[key] ?? 0) / 1000);
    return `${String(all.filter((ms) => ms > LONG_MS).length)} above ${String(LONG_MS)} ms, longest ${String(Math.round(Math.max(0, ...all)))} ms`;
  };
  return `of ${String(tasks.length)} tasks ${longOf('dur')}; by their own work ${longOf('tdur')}`;
}
const read = (page: Page) => page.evaluate(() => (window as Window & Partial<Watched>).probe as Probe);

it('measures the console of a large city', async () => {
  let line: WebSocketRoute | null = null;
  let board: Board | null = null;
  let seq = 0;
  let drawnSeq = 0;
  const { page, close } = await visit(browser, '/ops/', DESK, 'light');
  await signIn(page);
  await page.locator('.tl-unit').first().waitFor({ timeout: 60_000 });
  await page.routeWebSocket(/ws\/ops/, (socket) => {
    line = socket;
    socket.connectToServer().onMessage((message) => {
      const frame = JSON.parse(String(message)) as { type: string; seq: number; at: string; data: Board };
      // Without beats a page that is measured slowly would think the line cut; one ahead of it would make it ask for a replay.
      if (frame.type === 'beat') socket.send(JSON.stringify({ ...frame, seq: drawnSeq }));
      if (frame.type !== 'snapshot') return;
      seq = drawnSeq = frame.seq;
      board = bigBoard(frame.data, { units: UNITS, stops: STOPS, nowMs: Date.parse(frame.data.server_time) });
      socket.send(JSON.stringify({ ...frame, data: board }));
    });
  });
  // After the line's own stand-in, which puts its class in the socket's place.
  await page.addInitScript(watch, CHANGES);
  const usableMs: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    // From an empty page: a reload would wait for the renderer in software to let go of the map before it.
    await page.goto('about:blank');
    await page.waitForTimeout(2000);
    await page.goto(`${baseUrl()}/ops/`);
    await until('the console is usable', async () => (await read(page)).usableMs > 0, 60_000);
    usableMs.push(Math.round((await read(page)).usableMs));
  }
  await until('the map is drawn', async () => (await mapColours(page)) > 200, 60_000);
  await page.waitForTimeout(4000);

  const box = await page.locator('.map-canvas').boundingBox();
  if (!box) throw new Error('there is no map');
  const panned = await tasksWhile(page, async () => {
    for (let count = 0; count < 4; count += 1) {
      const way = count % 2 === 0 ? 1 : -1;
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width / 2 + way * 160, box.y + box.height / 2 + way * 60, { steps: 20 });
      await page.mouse.up();
    }
    await page.waitForTimeout(500);
  });

  await page.mouse.move(700, 800);
  const rolled = await tasksWhile(page, async () => {
    for (let count = 0; count < 20; count += 1) {
      await page.mouse.wheel(0, 180);
      await page.waitForTimeout(30);
    }
  });
  await page.locator('.tl-scroll').evaluate((element) => { element.scrollTop = 0; });
  await page.waitForTimeout(1500);

  const whole = board as Board | null;
  const socket = line as WebSocketRoute | null;
  if (!whole || !socket) throw new Error('no board came');
  const shown = await page.locator('.tl-name b').first().innerText();
  const at = whole.server_time;
  for (let burst = 0; burst < BURSTS; burst += 1) {
    for (let number = 0; number < CHANGES; number += 1) {
      const isLast = number === CHANGES - 1;
      const unit = isLast ? whole.units.find((one) => one.name === shown) : whole.units[number % UNITS];
      const request = whole.requests[(number * 3) % whole.requests.length];
      seq += 1;
      const crew = isLast ? crewAfter(burst) : `crew ${String(burst)}`;
      const data = { units: unit ? [{ ...unit, crew }] : [], requests: request ? [{ ...request, energy_kwh: 19 + burst }] : [] };
      socket.send(JSON.stringify({ type: 'burst', seq, at, data }));
    }
    await until('the burst is drawn', async () => (await read(page)).drawnMs.length > burst, 60_000);
    drawnSeq = seq;
    await page.waitForTimeout(1000);
  }
  const { heldMs, drawnMs } = await read(page);
  await shoot(page, 'ops-big', DESK, 'light');
  console.log(
    [
      `console of ${String(UNITS)} units, ${String(STOPS)} stops, ${String(whole.requests.length)} requests, load ${String(loadavg()[0]?.toFixed(1))}`,
      `usable after          ${told(usableMs)}`,
      `panning the map       ${panned}`,
      `rolling the timeline  ${rolled}`,
      `${String(CHANGES)} changes held     ${told(heldMs.map(Math.round))} after they came, frame after ${told(drawnMs.map(Math.round))}`,
    ].join('\n'),
  );
  await close();
});
