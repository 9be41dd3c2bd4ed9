// A wall screen: goes round its boards, changes numbers in place, shows how old they are, comes back by itself.
import { subscribe } from "./live.js";
import { morph } from "./morph.js";
import { language, short, word } from "./words.js";

const LOOK = 10_000;
const SOON = 200;
const OLD = 30;
const LOST = 90;
const CODE = 4 * 60_000;
const DAILY = 24 * 3600_000;
const DAY = { weekday: "short", month: "short", day: "numeric" };
const known = new Map(); // key of a page -> { html, at }: what was last seen of each board, for when the network is gone
let body = null;
let place = null;
let pages = [];
let shown = "";
let turnTimer = 0;
let lookTimer = 0;
let seconds = 30;
let version = "";
let isBusy = false;

const now = () => performance.now() / 1000;
const part = (name) => body.querySelector(`[data-wall-${name}]`);

async function look() {
  if (isBusy) return soon();
  isBusy = true;
  const { key, url } = pages.find((page) => page.key === shown) ?? pages[0];
  try {
    const answer = await fetch(url, { headers: { "HX-Request": "true" }, cache: "no-store" });
    if (answer.ok && !answer.redirected) {
      known.set(key, { html: await answer.text(), at: now() });
      if (key === shown) draw();
    }
  } catch {
    // no network: the board stays, and its age says so
  }
  isBusy = false;
  return undefined;
}

// Hints may come many a second: the first one sets the time, so that the last one never puts it off.
function soon() {
  lookTimer ||= setTimeout(() => { lookTimer = 0; look(); }, SOON);
}

function draw() {
  const seen = known.get(shown);
  if (seen?.html) morph(place, seen.html);
  tick();
}

function show(key) {
  if (key === shown || !pages.some((page) => page.key === key)) return;
  shown = key;
  const page = pages.find((one) => one.key === key);
  part("title").textContent = page.title;
  for (const dot of body.querySelectorAll("[data-wall-dot]")) dot.toggleAttribute("data-on", dot.dataset.wallDot === key);
  place.classList.add("is-turning");
  place.addEventListener("transitionend", () => place.classList.remove("is-turning"), { once: true });
  setTimeout(() => place.classList.remove("is-turning"), 300);
  draw();
  look();
}

function turnAfter(left) {
  clearTimeout(turnTimer);
  if (left !== null) turnTimer = setTimeout(() => { next(); ask(); }, left * 1000 + 50);
}

// Without the server the screen goes on by itself.
function next() {
  const here = pages.findIndex((page) => page.key === shown);
  show(pages[(here + 1) % pages.length].key);
  turnAfter(seconds);
}

async function ask() {
  if (!body.dataset.stateUrl) return;
  try {
    const answer = await fetch(body.dataset.stateUrl, { cache: "no-store" });
    if (answer.status === 404) return close();
    if (answer.ok) follow(await answer.json());
  } catch {
    // no network: the round goes on as it was
  }
}

function follow(state) {
  if (version && state.version !== version) return location.reload();
  version = state.version;
  seconds = state.seconds;
  show(state.page);
  turnAfter(state.seconds_left);
  const paused = part("paused");
  if (paused) paused.hidden = !state.is_paused;
  return undefined;
}

function close() {
  clearTimeout(turnTimer);
  place.textContent = word("wall_closed");
  location.reload();
}

function tick() {
  const clock = body.querySelector("[data-clock]");
  clock.textContent = short(Date.now());
  part("fresh").dataset.level = level(known.get(shown)?.at ?? 0);
}

function level(at) {
  const age = Math.round(now() - at);
  const name = age >= LOST ? "lost" : age >= OLD ? "old" : "fresh";
  part("age-text").textContent = word({ fresh: "wall_age", old: "wall_old", lost: "wall_lost" }[name]);
  part("age").textContent = age < 120 ? `${age} s` : `${Math.floor(age / 60)} min`;
  return name;
}

function code() {
  const image = part("code");
  if (image) image.src = `${image.src.split("?")[0]}?${Date.now()}`;
}

export function wake(element) {
  if (body) return;
  body = element;
  place = part("board");
  pages = JSON.parse(document.getElementById("wall-pages").textContent);
  shown = body.dataset.page ?? pages[0].key;
  known.set(shown, { html: "", at: now() });
  const { timeZone } = document.documentElement.dataset;
  body.querySelector("[data-day]").textContent = new Intl.DateTimeFormat(language, { ...DAY, timeZone }).format(new Date());
  for (const topic of body.dataset.topics.split(" ")) subscribe(topic, soon);
  if (body.dataset.screen) subscribe(body.dataset.screen, ask);
  document.addEventListener("resync", () => { look(); ask(); });
  setInterval(look, LOOK);
  setInterval(ask, LOOK);
  setInterval(tick, 1000);
  setInterval(code, CODE);
  setTimeout(() => location.reload(), DAILY);
  tick();
  ask();
}
