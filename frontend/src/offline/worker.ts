/// <reference lib="webworker" />

/** Opens the driver's and the crew's page without a network: their shell, and what they were last told. */
declare const self: ServiceWorkerGlobalScope;

/** Both are written in when the pages are built. */
const SHELL = JSON.parse('@@SHELL@@') as string[];
const SHELL_CACHE = 'voltrun-shell-@@VERSION@@';
/** Answers that a page needs to open; what is a person's own is forgotten at every sign-in and sign-out. */
const ANSWER_CACHE = 'voltrun-answers';
const PERSONAL = ['/api/me', '/api/driver/vehicles', '/api/driver/requests'];
const ANSWERS = ['/api/config', '/api/sites', ...PERSONAL];
const SESSION = '/api/auth/session';
const PATIENCE_MS = 4000;

async function install(): Promise<void> {
  const cache = await caches.open(SHELL_CACHE);
  await cache.addAll(SHELL.map((url) => new Request(url, { cache: 'reload' })));
  await self.skipWaiting();
}

async function activate(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith('voltrun-shell-') && name !== SHELL_CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function findKept(name: string, request: RequestInfo): Promise<Response> {
  const kept = await (await caches.open(name)).match(request);
  return kept ?? Response.error();
}

async function fetchSoon(request: Request): Promise<Response> {
  const patience = new AbortController();
  const timer = setTimeout(() => {
    patience.abort();
  }, PATIENCE_MS);
  try {
    return await fetch(request, { signal: patience.signal });
  } finally {
    clearTimeout(timer);
  }
}

/** The page as the house has it now; without a house, as it was built. */
async function openPage(request: Request, page: string): Promise<Response> {
  return fetchSoon(request).catch(() => findKept(SHELL_CACHE, page));
}

/** Files named by their content never change. */
async function openAsset(request: Request): Promise<Response> {
  const cache = await caches.open(SHELL_CACHE);
  const kept = await cache.match(request);
  if (kept) return kept;
  const fetched = await fetch(request);
  if (fetched.ok) await cache.put(request, fetched.clone());
  return fetched;
}

async function openAnswer(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request);
    if (answer.ok) await (await caches.open(ANSWER_CACHE)).put(request, answer.clone());
    return answer;
  } catch {
    return findKept(ANSWER_CACHE, request);
  }
}

async function changeSession(request: Request): Promise<Response> {
  const cache = await caches.open(ANSWER_CACHE);
  await Promise.all(PERSONAL.map((path) => cache.delete(path)));
  return fetch(request);
}

function answerFor(request: Request): Promise<Response> | null {
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return null;
  if (pathname === SESSION && request.method !== 'GET') return changeSession(request);
  if (request.method !== 'GET') return null;
  const page = /^\/(driver|crew)\//.exec(pathname);
  if (request.mode === 'navigate') return page ? openPage(request, page[0]) : null;
  if (pathname.startsWith('/static/assets/')) return openAsset(request);
  if (SHELL.includes(pathname)) return fetchSoon(request).catch(() => findKept(SHELL_CACHE, request));
  return ANSWERS.includes(pathname) ? openAnswer(request) : null;
}

self.addEventListener('install', (event) => {
  event.waitUntil(install());
});
self.addEventListener('activate', (event) => {
  event.waitUntil(activate());
});
self.addEventListener('fetch', (event) => {
  const answer = answerFor(event.request);
  if (answer) event.respondWith(answer);
});

export {};
