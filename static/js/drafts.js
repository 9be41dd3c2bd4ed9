// Keeps a half-filled form on this device, for this person and a day, and offers it when the form is opened again.
import { ago } from "./moments.js";
import { checkSoon, values } from "./forms.js";
import { word } from "./words.js";

const LIFE = 24 * 3600 * 1000;
const PREFIX = "zz.draft.";
const SENT = "zz.sent";
const person = document.querySelector("[data-bell]")?.dataset.person;

const KEPT = 'form.form[method="post"]:not([data-no-draft]), form[data-draft]'; // the second kind takes its draft back unasked
const isKept = (form) => Boolean(person) && form.matches(KEPT);
const key = (form) => `${PREFIX}${person}.${new URL(form.action, location.href).pathname}`;

function read(name) {
  try {
    const draft = JSON.parse(localStorage.getItem(name));
    if (draft && Date.now() - draft.at < LIFE) return draft;
  } catch {
    // not ours, or cut off: as good as none
  }
  localStorage.removeItem(name);
  return null;
}

function put(form) {
  const entered = values(form).filter(([name]) => !name.startsWith("take-"));
  if (entered.some(([, value]) => value)) localStorage.setItem(key(form), JSON.stringify({ at: Date.now(), values: entered }));
}

function fill(form, draft) {
  const entered = new Map(draft.values);
  for (const field of form.elements) {
    if (!field.name || ["hidden", "password", "file", "submit", "button"].includes(field.type)) continue;
    if (["checkbox", "radio"].includes(field.type)) field.checked = entered.get(field.name) === field.value;
    else if (field.multiple) for (const option of field.options) option.selected = (entered.get(field.name) ?? "").split("\n").includes(option.value);
    else if (entered.has(field.name)) field.value = entered.get(field.name);
  }
}

function take(form, draft) {
  fill(form, draft);
  const first = form.querySelector(".field :is(input, select, textarea)");
  first?.focus();
  form.dispatchEvent(new Event("zz:draft"));
  first?.dispatchEvent(new Event("input", { bubbles: true }));
  if (first) checkSoon(first);
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button";
  made.dataset.size = "sm";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

function offer(form, draft) {
  const bar = document.createElement("div");
  bar.className = "draft";
  bar.setAttribute("role", "status");
  const text = document.createElement("p");
  text.textContent = word("draft_found", ago(draft.at));
  bar.append(text, button(word("draft_take"), () => { take(form, draft); bar.remove(); }), button(word("draft_drop"), () => { localStorage.removeItem(key(form)); bar.remove(); }));
  form.prepend(bar);
}

function takeBack(root) {
  for (const form of root.querySelectorAll("form[data-draft]")) {
    const draft = isKept(form) ? read(key(form)) : null;
    if (draft) fill(form, draft);
  }
}

// What was sent last is done when its page does not come back with the form marked wrong.
function settle() {
  const name = sessionStorage.getItem(SENT);
  if (!name || location.pathname.startsWith("/login")) return;
  sessionStorage.removeItem(SENT);
  const isWrong = document.querySelector('form[data-bound], .toast[data-tone="failed"], main .alert[data-tone="failed"], .error-code');
  if (!isWrong) localStorage.removeItem(name);
}

function tidy() {
  for (const name of Object.keys(localStorage)) if (name.startsWith(PREFIX)) read(name);
}

if (person) {
  settle();
  tidy();
  for (const form of document.querySelectorAll("form.form")) {
    const draft = isKept(form) && !form.matches("[data-bound]") ? read(key(form)) : null;
    if (draft && JSON.stringify(draft.values) !== JSON.stringify(values(form))) offer(form, draft);
  }
  takeBack(document);
}
document.addEventListener("input", ({ target }) => {
  if (target.form && isKept(target.form)) put(target.form);
});
document.addEventListener("submit", ({ target }) => {
  if (!isKept(target)) return;
  put(target);
  sessionStorage.setItem(SENT, key(target));
});
// Sent without a new page: what was written is done, what stands in the other forms of the place goes on.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const form = detail.requestConfig.elt;
  if (form.matches("form[data-draft]") && detail.xhr.status < 400) localStorage.removeItem(key(form));
});
document.addEventListener("htmx:afterSettle", ({ target }) => takeBack(target));
