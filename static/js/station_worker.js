// The service worker of the station pages. It keeps the shell (versioned files and the page for no network). Pages, panels and scans
// always go to the server; without network it opens the copies of inspections that the page laid ready (ready.js), else that page.
// Kept scans live in the page's own database, not here.
const { version, files, offline, usual } = self.shell;
const PREFIX = "station-";
const NAME = PREFIX + version;
const COPIES = "zz-ready"; // as in copies.js
const SPOKEN = "/station/language"; // no page: under this name the cache remembers which language was read last
const known = new Set(files);

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("message", (event) => {
  if (event.data === "take-over") self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (known.has(url.pathname)) event.respondWith(file(request, url.pathname));
  else if (request.mode === "navigate") event.respondWith(page(request));
});

async function keep() {
  const cache = await caches.open(NAME);
  await cache.addAll([...files, ...Object.values(offline)].map((url) => new Request(url, { cache: "reload" })));
}

async function tidy() {
  for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== NAME) await caches.delete(name);
  await self.clients.claim();
}

async function file(request, path) {
  const cache = await caches.open(NAME);
  return (await cache.match(path)) ?? fetch(request);
}

async function page(request) {
  const cache = await caches.open(NAME);
  try {
    const answer = await fetch(request);
    const language = answer.headers.get("Content-Language");
    if (language in offline) cache.put(SPOKEN, new Response(language));
    return answer;
  } catch {
    const copy = await (await caches.open(COPIES)).match(new URL(request.url).pathname, { ignoreVary: true });
    if (copy) return copy;
    const language = (await (await cache.match(SPOKEN))?.text()) ?? usual;
    return (await cache.match(offline[language] ?? offline[usual])) ?? Response.error();
  }
}
