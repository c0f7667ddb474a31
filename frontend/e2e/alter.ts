import type { Page } from 'playwright-core';

type Fields = Record<string, unknown>;

/** Where the document of a stream is asked for while the stream is lost. */
const DOCUMENT = /\/api\/(ops\/board|crew\/day|driver\/requests\/[^/]+)$/;

/** Lets a stream's snapshot through with some of it changed: screens that a day would take hours to reach. */
export async function alterSnapshot(page: Page, path: RegExp, change: (data: Fields) => Fields): Promise<void> {
  await page.route(DOCUMENT, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: change((await answer.json()) as Fields) });
  });
  await page.routeWebSocket(path, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      const frame = JSON.parse(message.toString()) as Fields;
      // What follows would tell the truth again.
      if (frame['type'] === 'snapshot') socket.send(JSON.stringify({ ...frame, data: change(frame['data'] as Fields) }));
      else if (frame['type'] === 'beat') socket.send(JSON.stringify({ ...frame, seq: 0 }));
    });
  });
}

/** Answers one address with a problem, as a house at fault would. */
export async function breakAnswer(page: Page, path: string): Promise<void> {
  const body = JSON.stringify({ type: 'about:blank', status: 503, code: 'unavailable', title: 'Unavailable', detail: '' });
  await page.route(path, (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body }));
}

/** Has the house say that a part of it is away, as it would. */
export async function sayAway(page: Page, part: string): Promise<void> {
  const body = JSON.stringify({ ready: false, down: { [part]: 'away' }, checks: [part] });
  await page.route('**/health', (route) => route.fulfill({ status: 200, contentType: 'application/json', body }));
}
