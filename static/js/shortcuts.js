// Single keys: g and a letter to go, n for new, / to search, ? for the sheet. Never while somebody types, never during a scan.
import { typingIn } from "./typing.js";

const BURST = 140; // a scanner's next key comes sooner: then the key belongs to a code
const CHORD = 1500;
let pending = 0;
let last = 0;
let chord = 0;

function isQuiet(event) {
  const isOff = document.documentElement.dataset.shortcuts === "off" || document.querySelector("[data-tablet], [data-wall]");
  return isOff || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat || typingIn(event.target) || document.querySelector("dialog[open]");
}

function row(step) {
  const rows = [...document.querySelectorAll("tr[data-href] :is(th, td) a[href]:first-of-type")].filter((link) => link.closest("tr").querySelector("a[href]") === link);
  if (!rows.length) return;
  const here = rows.findIndex((link) => link.closest("tr").contains(document.activeElement));
  const next = rows[here < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, here + step))];
  next.focus();
  next.closest("tr").scrollIntoView({ block: "nearest" });
}

async function begin() {
  const { open } = await import("./palette.js");
  const here = document.querySelector(".rail-link[aria-current][data-name]")?.dataset.name;
  const form = document.querySelector("#palette form");
  const answer = await fetch(form.dataset.offers, { headers: { Accept: "application/json" } });
  const acts = answer.ok ? (await answer.json()).lines.filter((line) => line.group === "act") : [];
  const mine = acts.filter((act) => act.place === here);
  if (mine.length === 1) location.assign(mine[0].url);
  else open(acts[0]?.kind ?? "");
}

async function search() {
  const field = document.querySelector("[data-filters] input[type=search]");
  if (field) return field.focus();
  return (await import("./palette.js")).open();
}

function toggle(selector) {
  const menu = document.querySelector(selector);
  if (!menu) return;
  menu.open = !menu.open;
  menu.querySelector("summary").focus();
}

const ACTS = {
  n: begin, "/": search, j: () => row(1), k: () => row(-1), b: () => toggle("[data-bell]"),
  f: () => document.querySelector("[data-star]")?.click(), h: () => document.querySelector("button[data-help]")?.click(),
  "?": () => document.getElementById("keys")?.showModal(),
};

function go(key) {
  document.querySelector(`.rail-link[data-key="${CSS.escape(key)}"]`)?.click();
}

function press(key, isChord) {
  if (isChord) go(key);
  else if (key === "g") chord = performance.now();
  else ACTS[key]?.();
}

document.addEventListener("keydown", (event) => {
  const isBurst = event.timeStamp - last < BURST;
  last = event.timeStamp;
  if (isBurst || event.key === "Enter") {
    clearTimeout(pending);
    if (isBurst) chord = 0;
    return;
  }
  if (event.key.length !== 1 || isQuiet(event)) return;
  const key = event.key.toLowerCase();
  const isChord = chord > 0 && performance.now() - chord < CHORD;
  if (!isChord && key !== "g" && !ACTS[key]) return;
  chord = 0;
  if (["/", "'"].includes(key)) event.preventDefault(); // the browser's own search
  clearTimeout(pending);
  pending = setTimeout(() => press(key, isChord), BURST);
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-keys]")) return;
  document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
  document.getElementById("keys")?.showModal();
});
