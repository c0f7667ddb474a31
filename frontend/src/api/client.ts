import { findCookie } from './cookie';
import { parseProblem, ProblemError } from './problem';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface ServerTime {
  worldNow: string;
  speed: number;
  wallNow: string | null;
}

interface Call {
  body?: unknown;
  /** Reused when the same wish is sent again, so that it takes effect once. */
  key?: string;
  signal?: AbortSignal;
}

/** Whoever waits longer has no network, or a house that has forgotten them: they are told, and may try again. */
const PATIENCE_MS = 45_000;

let onServerTime: (time: ServerTime) => void = () => undefined;

/** Every answer says what time it is in the world; one listener keeps the page's clock by it. */
export function listenToServerTime(listener: (time: ServerTime) => void): void {
  onServerTime = listener;
}

export function newKey(): string {
  return crypto.randomUUID();
}

function noteTime(response: Response): void {
  const worldNow = response.headers.get('Voltrun-Server-Time');
  const speed = Number(response.headers.get('Voltrun-Speed'));
  if (worldNow && speed > 0) onServerTime({ worldNow, speed, wallNow: response.headers.get('Date') });
}

function buildHeaders(method: Method, call: Call): Headers {
  const headers = new Headers({ Accept: 'application/json, application/problem+json' });
  if (call.body !== undefined) headers.set('Content-Type', 'application/json');
  if (method !== 'GET') {
    headers.set('Idempotency-Key', call.key ?? newKey());
    const csrf = findCookie('csrftoken');
    if (csrf) headers.set('X-CSRFToken', csrf);
  }
  return headers;
}

/** Who was heard, and got no whole answer, cannot know what became of it: that is `unanswered`. */
const lost = (code: 'network' | 'unanswered') => new ProblemError({ status: 0, code, title: '', detail: '' });

async function readBody(response: Response): Promise<unknown> {
  const raw = await response.text().catch(() => {
    throw lost('unanswered');
  });
  if (!raw) return null;
  try {
    return JSON.parse(raw);
  } catch {
    return null; // an answer from something between us and the house, not from the house
  }
}

/** One call, and whatever is answered; rejects when nothing is. */
export async function ask(method: Method, path: string, call: Call = {}): Promise<{ status: number; ok: boolean; body: unknown }> {
  const init: RequestInit = { method, headers: buildHeaders(method, call), credentials: 'same-origin' };
  if (call.body !== undefined) init.body = JSON.stringify(call.body);
  const patience = AbortSignal.timeout(PATIENCE_MS);
  init.signal = call.signal ? AbortSignal.any([call.signal, patience]) : patience;
  const response = await fetch(path, init).catch(() => null);
  if (!response) throw lost(patience.aborted ? 'unanswered' : 'network');
  noteTime(response);
  return { status: response.status, ok: response.ok, body: await readBody(response) };
}

/** One call to the house. Rejects with ProblemError and nothing else. */
export async function request<T>(method: Method, path: string, call: Call = {}): Promise<T> {
  const { status, ok, body } = await ask(method, path, call);
  if (!ok) throw new ProblemError(parseProblem(status, body));
  return body as T;
}

export const get = <T>(path: string, signal?: AbortSignal): Promise<T> =>
  request<T>('GET', path, signal ? { signal } : {});
export const post = <T>(path: string, body: unknown = {}, key?: string): Promise<T> =>
  request<T>('POST', path, key ? { body, key } : { body });
