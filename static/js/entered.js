// What a person has begun in a place outlives new HTML for it: text and marks, and where the cursor stands.
const FIELDS = 'input:not([type="hidden"], [type="file"], [type="submit"], [type="button"]), textarea, select';

const isMark = (field) => ["checkbox", "radio"].includes(field.type);
const name = (field) => [field.form?.getAttribute("action"), field.name, isMark(field) ? field.value : ""].join("\n");
const named = (place) => [...place.querySelectorAll(FIELDS)].filter((field) => field.name);

function isChanged(field) {
  if (isMark(field)) return field.checked !== field.defaultChecked;
  if (field.options) return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return field.value !== field.defaultValue;
}

function held(place) {
  const field = document.activeElement;
  if (!place.contains(field)) return null;
  return { id: field.id, name: field.name ? name(field) : "", from: field.selectionStart, to: field.selectionEnd };
}

function hold(place, was) {
  const field = (was.id && document.getElementById(was.id)) || (was.name && named(place).find((one) => name(one) === was.name));
  if (!field) return;
  field.focus();
  if (typeof was.from === "number") field.setSelectionRange(was.from, was.to);
}

// Remembers what is entered in a place; what it returns puts that back.
export function keep(place) {
  const entered = new Map(named(place).filter(isChanged).map((field) => [name(field), isMark(field) ? field.checked : field.value]));
  const was = held(place);
  return () => {
    for (const field of named(place)) {
      const value = entered.get(name(field));
      if (value === undefined) continue;
      if (isMark(field)) field.checked = value;
      else field.value = value;
    }
    if (was) hold(place, was);
  };
}
