// Ctrl-K: one place to go to a page of the navigation, or to search for an order, lot, serial, equipment or person.
import { word } from "./words.js";

const dialog = document.getElementById("palette");
const input = dialog?.querySelector("input");
const list = dialog?.querySelector("[role=listbox]");
let asked = 0;
let chosen = 0;

function pages(text) {
  const wanted = text.toLocaleLowerCase();
  return [...document.querySelectorAll(".rail-link")]
    .filter((link) => link.textContent.toLocaleLowerCase().includes(wanted))
    .map((link) => ({ title: link.querySelector("span").textContent, kind: word("page"), url: link.href, icon: link.querySelector(".ti").className }));
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
  return item;
}

function show(found) {
  list.replaceChildren(...found.map(option));
  mark(0);
}

function mark(index) {
  const items = [...list.children];
  chosen = Math.max(0, Math.min(index, items.length - 1));
  items.forEach((item, at) => item.setAttribute("aria-selected", String(at === chosen)));
  input.setAttribute("aria-activedescendant", items[chosen]?.id ?? "");
  items[chosen]?.scrollIntoView({ block: "nearest" });
}

async function search() {
  const text = input.value.trim();
  const address = `/search/?q=${encodeURIComponent(text)}`;
  const go = text ? [{ title: word("search_for", text), url: address }] : [];
  const turn = ++asked;
  show([...pages(text), ...go]);
  if (text.length < 2) return;
  try {
    const answer = await fetch(`${address}&format=json`, { headers: { Accept: "application/json" } });
    const type = answer.headers.get("Content-Type") ?? "";
    if (!answer.ok || !type.includes("json") || turn !== asked) return;
    show([...(await answer.json()).results, ...pages(text), ...go]);
  } catch {
    show([...pages(text), ...go]);
  }
}

function open(text = "") {
  input.value = text;
  dialog.showModal();
  search();
}

function follow() {
  const item = list.children[chosen];
  if (item) location.assign(item.dataset.url);
}

if (dialog) {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });
  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      mark(chosen + step);
    }
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
