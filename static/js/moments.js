// Says on hover how long ago a moment was, in the reader's language.
import { language } from "./words.js";

const STEPS = [[60, "second", 1], [3600, "minute", 60], [86400, "hour", 3600], [2592000, "day", 86400], [Infinity, "month", 2592000]];
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });

export function ago(at) {
  const seconds = (new Date(at) - Date.now()) / 1000;
  const [, unit, size] = STEPS.find(([limit]) => Math.abs(seconds) < limit);
  return relative.format(Math.round(seconds / size), unit);
}

document.addEventListener("mouseover", (event) => {
  const time = event.target.closest?.("time[datetime]");
  if (time) time.title = `${ago(time.dateTime)} · ${time.dateTime}`;
});

function refresh() {
  for (const time of document.querySelectorAll('time[data-when="ago"]')) time.textContent = ago(time.dateTime);
}
refresh();
setInterval(refresh, 30_000);
