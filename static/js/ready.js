// Inspections that wait here are kept on the tablet as pages without names or tokens, so that one can be opened when the network is gone.
import { remember, remembered } from "./station_app.js";
import { COPIES } from "./copies.js";

const EVERY = 60_000;
const MARK = "Zz-Mark";

async function refresh(url) {
  if (!navigator.onLine || !globalThis.caches) return;
  const answer = await fetch(url, { headers: { Accept: "application/json" }, redirect: "manual" });
  if (!answer.ok) return;
  const { pages } = await answer.json();
  const cache = await caches.open(COPIES);
  const wanted = new Set(pages.map((one) => one.url));
  for (const request of await cache.keys()) if (!wanted.has(new URL(request.url).pathname)) await cache.delete(request);
  for (const { url: page, copy, mark } of pages) {
    const had = await cache.match(page, { ignoreVary: true });
    if (had?.headers.get(MARK) === mark) continue;
    const found = await fetch(copy, { redirect: "manual" });
    if (found.ok) await cache.put(page, found);
  }
  document.body.dataset.readyPages = pages.length;
}

export function wake(body) {
  if (body.zzReady) return;
  body.zzReady = true;
  const { ready, readyStation: code, readyPerson: person, readyName: name } = body.dataset;
  // Where somebody who scans nothing signed on, the page without network keeps no scan of whoever was here before.
  if (remembered()?.person !== person || remembered()?.code !== code) remember({ code, person, name, scanUrl: "", act: "", words: "", task: "" });
  remember({ isLocked: false });
  const again = () => refresh(ready).catch(() => undefined); // no network: what was kept stays, and is asked for again
  again();
  setInterval(again, EVERY);
  addEventListener("online", again);
}
