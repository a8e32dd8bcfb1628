/**
 * Keeps the page itself on a phone, so that the app opens and a session that was begun goes on without the network.
 *
 * Kept are the page's own files, and what is the same for everybody: words, exercises, figures. Nothing about a person is
 * ever put into this cache: what a person tells waits in the page's own storage until the server has it.
 */

/** Filled in by the build: the page's own files, and a name for exactly these. */
declare const __SHELL__: string[];
declare const __VERSION__: string;

const worker = self as unknown as ServiceWorkerGlobalScope;

const PREFIX = "lumbar-page-";
const CACHE = PREFIX + __VERSION__;
const PAGE = "/";
const EXERCISES = "/api/exercises";
const STILLS = "/api/stills";
/** The recorded voice: kept once somebody was to be heard by it, under a name that changes with it. */
const VOICE = /^\/assets\/[\w-]+\.(mp3|json)$/;
const SAME_FOR_ALL = /^\/api\/(words\/[a-z-]+|exercises|stills|figures\/[a-z0-9-]+)$/;
/** A home server answers at once or not at all: out of the house its address leads nowhere, and nobody should wait long. */
const PATIENCE_MS = 4_000;

worker.addEventListener("install", (event) => event.waitUntil(keepShell()));
worker.addEventListener("activate", (event) => event.waitUntil(dropOldOnes()));
worker.addEventListener("fetch", (event) => {
  const answer = answerTo(event.request);
  if (answer) event.respondWith(answer);
});

async function keepShell(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll([PAGE, ...__SHELL__].map((path) => new Request(path, { cache: "reload" })));
  await keepExercises(cache);
}

/** How each exercise is done, to be read anywhere; a phone that cannot have it now has it once its page was opened. */
async function keepExercises(cache: Cache): Promise<void> {
  try {
    const answer = await fetch(EXERCISES);
    if (!answer.ok) return;
    await cache.put(EXERCISES, answer.clone());
    const all = (await answer.json()) as { id: string }[];
    await cache.addAll([STILLS, ...all.map(({ id }) => `/api/figures/${id}`)]);
  } catch {
    // The shell is kept all the same.
  }
}

async function dropOldOnes(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)),
  );
  await worker.clients.claim();
}

/** What is answered here; null leaves it to the browser: whatever writes, and whatever is about a person. */
function answerTo(request: Request): Promise<Response> | null {
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return null;
  if (request.mode === "navigate") return fresh(request, PAGE);
  if (__SHELL__.includes(pathname)) return keptFirst(request);
  if (VOICE.test(pathname)) return keptOnceFetched(request, pathname);
  if (SAME_FOR_ALL.test(pathname)) return fresh(request, pathname, true);
  return null;
}

async function keptFirst(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName: CACHE, ignoreSearch: true })) ?? fetch(request);
}

/** What is kept, else from the server and kept from then on. */
async function keptOnceFetched(request: Request, path: string): Promise<Response> {
  const cache = await caches.open(CACHE);
  const known = await cache.match(path);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(path, answer.clone());
  return answer;
}

/** From the server while it is there, else what is kept under this path. */
async function fresh(request: Request, path: string, keep = false): Promise<Response> {
  try {
    const answer = await inTime(fetch(request));
    if (keep && answer.ok) {
      const cache = await caches.open(CACHE);
      await cache.put(path, answer.clone());
    }
    return answer;
  } catch (error) {
    const known = await caches.match(path, { cacheName: CACHE });
    if (known) return known;
    throw error;
  }
}

function inTime(answer: Promise<Response>): Promise<Response> {
  const late = new Promise<never>((_, fail) => setTimeout(() => fail(new Error("late")), PATIENCE_MS));
  return Promise.race([answer, late]);
}
