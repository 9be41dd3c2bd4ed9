// Gives scripts the words that the page carries in the reader's language (templates/shell/words.html).
const found = new Map();
for (const key of document.querySelectorAll("#words dt, [data-words] dt")) {
  found.set(key.textContent, key.nextElementSibling.textContent);
}

export const language = document.documentElement.lang || "en";

export function word(key, value) {
  const text = found.get(key) ?? key;
  return value === undefined ? text : text.replace("{}", value);
}

export function number(value, digits = 6) {
  if (value === null || value === undefined || !Number.isFinite(Number(value))) return "—";
  return new Intl.NumberFormat(language, { maximumSignificantDigits: digits }).format(value);
}

const timeZone = document.documentElement.dataset.timeZone || undefined;
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone };
const clock = new Intl.DateTimeFormat(language, CLOCK);
const exact = new Intl.DateTimeFormat(language, { month: "short", day: "numeric", second: "2-digit", ...CLOCK });

// Moments are shown in plant time, whatever the clock of this device says.
export const moment = (at) => exact.format(new Date(at));
const day = new Intl.DateTimeFormat(language, { month: "short", day: "numeric", ...CLOCK });
export const dayTime = (at) => day.format(new Date(at));
const date = new Intl.DateTimeFormat(language, { month: "short", day: "numeric", timeZone });
export const onlyDay = (at) => date.format(new Date(at));
export const short = (at) => clock.format(new Date(at));
