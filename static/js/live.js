// One websocket for the page: hints arrive by topic, places marked data-live fetch themselves again, the age of the data shows.
import { keep } from "./entered.js";
import { word } from "./words.js";

const BEAT = 15_000;
const STALE_AFTER = 40_000;
const LONGEST_WAIT = 20_000;
const SIGNED_OUT = 4401; // the server closes so when nobody is signed in (plant/web/consumers.py)
// Two copies of this module (a hashed and a plain address) share one connection.
const shared = (globalThis.zzLive ??= { heard: new Map(), socket: null, tries: 0, last: 0, wasOpen: false, isStarted: false, seen: new Map() });

export function subscribe(topic, fn) {
  const isNew = !shared.heard.has(topic);
  if (isNew) shared.heard.set(topic, new Set());
  shared.heard.get(topic).add(fn);
  if (isNew) say({ subscribe: topic });
  return () => shared.heard.get(topic)?.delete(fn);
}

function say(message) {
  if (shared.socket?.readyState === WebSocket.OPEN) shared.socket.send(JSON.stringify(message));
}

function connect() {
  const url = document.body.dataset.liveUrl;
  if (!url) return show("none");
  show("connecting");
  const socket = new WebSocket(new URL(url, location.href.replace(/^http/, "ws")));
  shared.socket = socket;
  socket.addEventListener("open", opened);
  socket.addEventListener("message", (event) => arrived(JSON.parse(event.data)));
  socket.addEventListener("close", (event) => again(socket, event.code));
}

function opened() {
  shared.tries = 0;
  shared.last = Date.now();
  for (const topic of shared.heard.keys()) say({ subscribe: topic });
  show("live");
  if (shared.wasOpen) resync();
  shared.wasOpen = true;
}

function again(socket, code) {
  if (socket !== shared.socket) return;
  shared.socket = null;
  if (code === SIGNED_OUT) {
    show("signed_out");
    setTimeout(connect, STALE_AFTER);
    return;
  }
  show("offline");
  const wait = Math.min(LONGEST_WAIT, 500 * 2 ** shared.tries++);
  setTimeout(connect, wait / 2 + Math.random() * wait);
}

function arrived(message) {
  shared.last = Date.now();
  show("live");
  if (!message.topic) return;
  const before = shared.seen.get(message.topic);
  if (message.seq) shared.seen.set(message.topic, message.seq);
  const hasGap = before && message.seq > before + 1;
  for (const fn of shared.heard.get(message.topic) ?? []) fn(message, { hasGap });
}

function resync() {
  document.dispatchEvent(new CustomEvent("resync"));
}

function beat() {
  if (!document.body.dataset.liveUrl) return;
  say({ ping: Date.now() });
  if (shared.socket?.readyState === WebSocket.OPEN && Date.now() - shared.last > STALE_AFTER) shared.socket.close();
}

function show(state) {
  for (const place of document.querySelectorAll("[data-live-state]")) {
    place.hidden = state === "none";
    if (place.dataset.state === state) continue;
    place.dataset.state = state;
    const text = place.querySelector("[data-live-text]");
    if (text) text.textContent = word(state);
  }
  age();
}

function age() {
  const seconds = shared.last ? Math.round((Date.now() - shared.last) / 1000) : null;
  const isOld = shared.last > 0 && Date.now() - shared.last > STALE_AFTER;
  for (const place of document.querySelectorAll("[data-live-age]")) place.textContent = seconds === null ? "—" : word("ago", `${seconds} s`);
  for (const place of document.querySelectorAll("[data-live], [data-topic]")) place.toggleAttribute("data-stale", isOld);
  document.documentElement.toggleAttribute("data-stale", isOld);
}

async function refresh(place) {
  if (place.zzBusy) return (place.zzAgain = true);
  place.zzBusy = true;
  try {
    const answer = await fetch(place.dataset.liveGet, { headers: { "HX-Request": "true" } });
    if (answer.ok && !answer.redirected) replace(place, await answer.text());
  } catch {
    show("offline");
  }
  place.zzBusy = false;
  if (!place.zzAgain) return undefined;
  place.zzAgain = false;
  return refresh(place);
}

function replace(place, html) {
  const putBack = keep(place);
  place.innerHTML = html;
  globalThis.htmx?.process(place);
  putBack();
  place.dispatchEvent(new CustomEvent("zz:replaced", { bubbles: true }));
}

function wake(root) {
  for (const place of root.querySelectorAll("[data-live]")) {
    if (place.zzIsLive) continue;
    place.zzIsLive = true;
    const change = () => (place.isConnected ? refresh(place) : undefined);
    if (place.dataset.live) subscribe(place.dataset.live, change);
    document.addEventListener("resync", change);
    if (place.dataset.liveEvery) setInterval(change, Number(place.dataset.liveEvery) * 1000);
  }
}

export function start() {
  if (shared.isStarted) return;
  shared.isStarted = true;
  wake(document.body);
  document.addEventListener("zz:replaced", (event) => wake(event.target));
  document.addEventListener("htmx:afterSettle", (event) => wake(event.target));
  addEventListener("online", () => shared.socket ?? connect());
  setInterval(beat, BEAT);
  setInterval(age, 1000);
  connect();
}
