// The station page as an app: registers its worker, asks the browser to keep the scans, takes an update when nobody is busy.
import { COPIES } from "./copies.js";
import { keptActs } from "./scan_queue.js";

const QUIET = 20_000;
const RETRY = 3000;
const KEY = "zz.station";
let waiting = null;
let hasAsked = false;

export const remembered = () => JSON.parse(localStorage.getItem(KEY) ?? "null");
export const remember = (station) => localStorage.setItem(KEY, JSON.stringify({ ...remembered(), ...station }));

async function register(body) {
  if (!navigator.serviceWorker || !body.dataset.worker) return;
  const isFirst = !navigator.serviceWorker.controller;
  navigator.serviceWorker.addEventListener("controllerchange", () => isFirst || !hasAsked || location.reload());
  const found = await navigator.serviceWorker.register(body.dataset.worker, { scope: body.dataset.scope });
  if (found.waiting) ready(found.waiting);
  found.addEventListener("updatefound", () => {
    const fresh = found.installing;
    fresh?.addEventListener("statechange", () => fresh.state === "installed" && navigator.serviceWorker.controller && ready(fresh));
  });
  setInterval(() => found.update().catch(() => undefined), 10 * 60_000); // no network: asked again later
}

function ready(worker) {
  waiting = worker;
  const chip = document.querySelector("[data-update]");
  if (chip) {
    chip.hidden = false;
    chip.addEventListener("click", takeOver, { once: true });
  }
}

// Kept scans are in the database, so a reload loses none; it only must not come while somebody types or reads an alarm.
function takeOver() {
  if (!waiting) return;
  hasAsked = true;
  waiting.postMessage("take-over");
}

export function update(lastTouch) {
  if (waiting && !hasAsked && Date.now() - lastTouch > QUIET && !document.querySelector("dialog[open]")) takeOver();
}

// The page without network: it keeps scans for whoever was signed on, and goes back when the server answers.
function offline(body) {
  const station = remembered();
  const box = body.querySelector("[data-scan]");
  const { copyFor } = body.dataset; // of a page that was kept ready: for whom
  const isOpen = station && !station.isLocked && (copyFor ? copyFor === station.person : box && station.scanUrl);
  const place = body.querySelector("[data-offline-station]");
  if (place) place.textContent = station?.code ?? "";
  for (const part of body.querySelectorAll("[data-offline-open]")) part.hidden = !isOpen;
  body.querySelector("[data-offline-locked]").hidden = Boolean(isOpen);
  if (copyFor) markKept(body);
  else if (station && !station.isLocked) offerInspections(body, station);
  if (isOpen && box) {
    Object.assign(box.dataset, { scanUrl: station.scanUrl, station: station.code, person: station.person });
    if (station.act) Object.assign(box.dataset, { act: station.act, words: station.words });
    body.querySelector("[data-offline-task]").textContent = station.task ?? "";
    body.querySelector("[data-offline-person]").textContent = station.name;
  }
  const back = async () => {
    const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
    if (answer?.ok && !body.querySelector("[data-kept][data-typed]")) location.reload();
  };
  body.querySelector("[data-reload]")?.addEventListener("click", () => location.reload());
  setInterval(back, RETRY);
  addEventListener("online", back);
}

// Inspections that lie ready on this tablet are opened from the page without network.
async function offerInspections(body, station) {
  const link = body.querySelector("[data-offline-inspections]");
  const url = `/station/${encodeURIComponent(station.code)}/inspections/`;
  if (!link || !globalThis.caches || !(await caches.match(url, { cacheName: COPIES, ignoreVary: true }))) return;
  link.querySelector("a").href = url;
  link.hidden = false;
  body.querySelector("[data-offline-locked]").hidden = true;
}

async function markKept(body) {
  const numbers = new Set((await keptActs("inspect")).map(({ words }) => words.inspection));
  for (const one of body.querySelectorAll("[data-copy-kept]")) one.hidden = !numbers.has(one.dataset.copyKept);
}

export function lock() {
  remember({ isLocked: true });
}

// Where this tablet stands, who is there, and which act its page is for: the page without network goes on with that.
function note(box) {
  const { station: code, scanUrl, person, stationName: name, act = "", words = "", task = "" } = box.dataset;
  remember({ code, scanUrl, person, name, act, words, task, isLocked: false });
}

export function begin(body) {
  register(body);
  navigator.storage?.persist?.();
  const box = body.querySelector("[data-scan][data-station-name]");
  if (box) note(box);
  if (body.hasAttribute("data-offline")) offline(body);
}
