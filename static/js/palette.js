// Ctrl-K: one place to open what one had open, to go to a page, to begin something, or to find anything by its number.
import { typingIn } from "./typing.js";
import { word } from "./words.js";

const dialog = document.getElementById("palette");
const input = dialog?.querySelector("input");
const list = dialog?.querySelector("[role=listbox]");
const PAUSE = 120;
const SHOWN = { recent: 5, favourite: 5, page: 8, act: 6, help: 4 };
let offers = null;
let asked = 0;
let chosen = 0;
let waiting = 0;

// Before the server has answered: the pages that stand in the navigation anyway.
function pagesHere() {
  return [...document.querySelectorAll(".rail-link")].map((link) => {
    const title = link.querySelector("span").textContent;
    return { group: "page", title, words: title.toLowerCase(), kind: word("page"), url: link.href, icon: link.querySelector(".ti").className };
  });
}

async function load() {
  const answer = await fetch(dialog.querySelector("form").dataset.offers, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) return;
  offers = (await answer.json()).lines.map((line) => ({ ...line, icon: `ti ti-${line.icon}` }));
}

function rank(line, text) {
  if (line.title.toLowerCase().startsWith(text)) return 0;
  return line.words.split(" ").some((one) => one.startsWith(text)) ? 1 : 2;
}

function matching(text) {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = (offers ?? pagesHere()).filter((line) => wanted.every((one) => line.words.includes(one)));
  const isOpen = !wanted.length;
  const count = {};
  const some = found.filter((line) => {
    count[line.group] = (count[line.group] ?? 0) + 1;
    return count[line.group] <= (isOpen && line.group === "help" ? 0 : isOpen && line.group === "page" ? 99 : SHOWN[line.group]);
  });
  return isOpen ? some : some.sort((a, b) => rank(a, wanted[0]) - rank(b, wanted[0]));
}

function option(found, index) {
  const item = document.createElement("li");
  item.id = `palette-${index}`;
  item.setAttribute("role", "option");
  item.dataset.url = found.url;
  const icon = document.createElement("i");
  icon.className = found.icon ?? "ti ti-search";
  icon.setAttribute("aria-hidden", "true");
  const title = document.createElement("span");
  title.textContent = found.title;
  const kind = document.createElement("small");
  kind.textContent = found.kind ?? "";
  item.append(icon, title, kind);
  if (found.key) {
    const key = document.createElement("kbd");
    key.textContent = `g ${found.key}`;
    item.append(key);
  }
  return item;
}

function show(found) {
  const seen = new Set();
  const once = found.filter((line) => !seen.has(line.url) && seen.add(line.url));
  list.replaceChildren(...once.map(option));
  mark(0);
}

function mark(index) {
  const items = [...list.children];
  chosen = Math.max(0, Math.min(index, items.length - 1));
  items.forEach((item, at) => item.setAttribute("aria-selected", String(at === chosen)));
  input.setAttribute("aria-activedescendant", items[chosen]?.id ?? "");
  items[chosen]?.scrollIntoView({ block: "nearest" });
}

const address = (text) => `/search/?q=${encodeURIComponent(text)}`;

function known(text) {
  return [...matching(text), ...(text ? [{ title: word("search_for", text), url: address(text) }] : [])];
}

function search() {
  const text = input.value.trim();
  const turn = ++asked;
  show(known(text));
  clearTimeout(waiting);
  if (text.length >= 2) waiting = setTimeout(() => find(text, turn), PAUSE);
}

async function find(text, turn) {
  try {
    const answer = await fetch(`${address(text)}&format=json`, { headers: { Accept: "application/json" } });
    const type = answer.headers.get("Content-Type") ?? "";
    if (!answer.ok || !type.includes("json") || turn !== asked) return;
    const { results } = await answer.json();
    const exact = results.filter((hit) => hit.exact);
    const at = chosen;
    show([...exact, ...matching(text), ...results.filter((hit) => !hit.exact), { title: word("search_for", text), url: address(text) }]);
    if (!exact.length) mark(at);
  } catch {
    show(known(text)); // no network: what is known here stays
  }
}

export async function open(text = "") {
  if (!dialog || dialog.open) return;
  input.value = text;
  dialog.showModal();
  search();
  import("./look.js").then(({ wake }) => wake(dialog.querySelector("[data-look]"))).catch(() => undefined); // offline: no camera
  if (offers) return;
  await load().catch(() => undefined); // offline: the pages of the navigation do
  search();
}

function follow() {
  const item = list.children[chosen];
  if (item) location.assign(item.dataset.url);
}

if (dialog) {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open(typingIn(event.target) ? "" : String(getSelection()).trim().slice(0, 80));
    }
  });
  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (!step || event.isComposing) return;
    event.preventDefault();
    mark(chosen + step);
  });
  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    follow();
  });
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) location.assign(item.dataset.url);
  });
}
