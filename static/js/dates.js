// A date field shows its moment as every page does, 2026-11-22 21:47, whatever language the browser itself speaks.
import { word } from "./words.js";

const FIELDS = 'input:is([type="date"], [type="datetime-local"], [type="time"])';

function show(field) {
  field.dataset.shown = field.value ? field.value.replace("T", " ") : word(field.type);
}

export const showDates = (root) => root.querySelectorAll(FIELDS).forEach(show);

for (const kind of ["input", "change", "focusout"]) {
  document.addEventListener(kind, (event) => event.target.matches?.(FIELDS) && show(event.target));
}
document.addEventListener("reset", (event) => setTimeout(() => showDates(event.target)));
