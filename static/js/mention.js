// Offers colleagues while somebody types @ in a comment; arrow keys choose, Enter or Tab takes, Escape leaves it.
import { word } from "./words.js";

const BEGUN = /(?:^|[^\w@])@([\w.-]*)$/;
const PAUSE = 150;

function list(field) {
  const box = document.createElement("ul");
  box.className = "mention";
  box.id = `${field.id}-people`;
  box.setAttribute("role", "listbox");
  box.setAttribute("aria-label", word("colleagues"));
  box.hidden = true;
  field.after(box);
  field.setAttribute("aria-controls", box.id);
  field.setAttribute("aria-autocomplete", "list");
  return box;
}

function begun(field) {
  return BEGUN.exec(field.value.slice(0, field.selectionStart))?.[1];
}

function take(field, box, number) {
  const start = field.selectionStart - begun(field).length;
  field.setRangeText(`${number} `, start, field.selectionStart, "end");
  box.hidden = true;
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function show(field, box, people) {
  box.replaceChildren(...people.map((person, index) => {
    const line = document.createElement("li");
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", String(index === 0));
    line.dataset.number = person.number;
    line.textContent = `${person.name} @${person.number}`;
    line.addEventListener("mousedown", (event) => {
      event.preventDefault();
      take(field, box, person.number);
    });
    return line;
  }));
  box.hidden = people.length === 0;
}

function move(box, step) {
  const lines = [...box.children];
  const now = lines.findIndex((line) => line.ariaSelected === "true");
  lines.forEach((line, index) => line.setAttribute("aria-selected", String(index === (now + step + lines.length) % lines.length)));
}

function pressed(event, field, box) {
  if (box.hidden) return;
  const acts = {
    ArrowDown: () => move(box, 1), ArrowUp: () => move(box, -1), Escape: () => { box.hidden = true; },
    Enter: () => take(field, box, box.querySelector('[aria-selected="true"]').dataset.number),
  };
  acts.Tab = acts.Enter;
  if (!acts[event.key]) return;
  event.preventDefault();
  event.stopPropagation();
  acts[event.key]();
}

export function wake(field) {
  if (field.dataset.awake) return;
  field.dataset.awake = "true";
  const box = list(field);
  let waiting = 0;
  field.addEventListener("keydown", (event) => pressed(event, field, box));
  field.addEventListener("blur", () => { box.hidden = true; });
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    if (begun(field) === undefined) { box.hidden = true; return; }
    waiting = setTimeout(async () => {
      const asked = begun(field);
      const answer = await fetch(`${field.dataset.mention}?q=${encodeURIComponent(asked ?? "")}`);
      if (answer.ok && begun(field) === asked) show(field, box, (await answer.json()).people);
    }, PAUSE);
  });
}
