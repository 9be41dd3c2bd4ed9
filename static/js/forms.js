// Forms: faults shown while they are filled in (the server's own checks), codes scanned into their field, a warning before leaving.
const PAUSE = 250;
const touched = new WeakMap();
const dirty = new Set();
const waiting = new WeakMap();

const isWatched = (form) => form?.matches?.('form.form[method="post"], form[data-draft]') ?? false;

// What a person entered, without secrets and what the page itself put there.
export function values(form) {
  const fields = [...form.elements].filter((one) => one.name && !["hidden", "password", "file", "submit", "button"].includes(one.type));
  const pairs = fields.filter((one) => !["checkbox", "radio"].includes(one.type) || one.checked);
  return pairs.map((one) => [one.name, one.multiple ? [...one.selectedOptions].map((option) => option.value).join("\n") : one.value]);
}

const stand = (form) => JSON.stringify(values(form));
const before = new WeakMap();

function place(field) {
  const box = field.closest(".field");
  const old = box?.querySelector(".field-error");
  return { box, old };
}

function tell(field, texts) {
  const { box, old } = place(field);
  if (!box) return;
  const id = `${field.id}_error`;
  if (!texts?.length) {
    old?.remove();
    field.removeAttribute("aria-invalid");
    if (field.getAttribute("aria-describedby") === id) field.removeAttribute("aria-describedby");
    return;
  }
  const line = old ?? box.appendChild(document.createElement("div"));
  line.className = "field-error";
  line.id = id;
  line.setAttribute("role", "alert");
  const icon = document.createElement("i");
  icon.className = "ti ti-alert-circle";
  icon.setAttribute("aria-hidden", "true");
  const text = document.createElement("span");
  text.textContent = texts.join(" ");
  line.replaceChildren(icon, text);
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", id);
}

async function check(form) {
  const body = new FormData(form);
  for (const secret of form.querySelectorAll("[type=password], [type=file]")) body.delete(secret.name);
  const headers = { "X-Check-Form": "1", Accept: "application/json" };
  const answer = await fetch(form.action, { method: "POST", body, headers, redirect: "manual" }).catch(() => null);
  const isTold = answer?.ok && (answer.headers.get("Content-Type") ?? "").includes("json");
  if (!isTold) return;
  const { errors } = await answer.json();
  for (const name of touched.get(form) ?? []) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLElement) tell(field, errors[name]);
  }
}

export function checkSoon(field) {
  const form = field.form;
  if (!form?.matches("[data-checked]") || !field.name) return;
  touched.set(form, (touched.get(form) ?? new Set()).add(field.name));
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(() => check(form), PAUSE));
}

// A scanned code goes into its field, else into the first empty field for codes in sight. True when a field took it.
export function fillCode(code, field) {
  const open = document.querySelector("dialog[open]") ?? document.querySelector("main");
  const target = field ?? [...open.querySelectorAll("form.form [data-code]")].find((one) => !one.value && one.checkVisibility());
  if (!target) return false;
  target.value = code;
  target.dispatchEvent(new Event("input", { bubbles: true }));
  target.dispatchEvent(new Event("change", { bubbles: true }));
  next(target);
  return true;
}

function next(field) {
  const fields = [...field.form.elements].filter((one) => one.matches("input:not([type=hidden]), select, textarea") && one.checkVisibility());
  (fields[fields.indexOf(field) + 1] ?? field.form.querySelector("[type=submit]"))?.focus();
}

document.addEventListener("focusin", ({ target }) => {
  if (isWatched(target.form) && !before.has(target.form)) before.set(target.form, stand(target.form));
});
document.addEventListener("input", ({ target }) => {
  const { form } = target;
  if (!isWatched(form)) return;
  if (!before.has(form)) dirty.add(form);
  else if (stand(form) === before.get(form)) dirty.delete(form);
  else dirty.add(form);
});
document.addEventListener("change", ({ target }) => {
  if (target.matches?.("input, select, textarea")) checkSoon(target);
});
document.addEventListener("submit", (event) => dirty.delete(event.target));
addEventListener("beforeunload", (event) => {
  if ([...dirty].some((form) => form.isConnected)) event.preventDefault();
});
