// The values of a part or of an inspection: kept on this device like scans, in the same order, and answered by the server. Pictures and
// what a device tells need the server at once, so a form with those is sent as it is.
import { flush, keep, keptActs, uuid } from "./scan_queue.js";
import { play } from "./sound.js";
import { word } from "./words.js";

let sent = "";
let told = null;

function entered(form) {
  const values = {};
  for (const one of form.elements) {
    if (!one.name.startsWith("item_") || (["checkbox", "radio"].includes(one.type) && !one.checked)) continue;
    const key = one.name.slice("item_".length);
    if (one.type === "checkbox") values[key] = [...(values[key] ?? []), one.value];
    else if (one.value.trim()) values[key] = one.value;
  }
  return values;
}

function gauges(form) {
  const named = [...form.elements].filter((one) => one.name.startsWith("gauge_") && one.value.trim());
  return Object.fromEntries(named.map((one) => [one.name.slice("gauge_".length), one.value]));
}

const needsServer = (form) => [...form.elements].some((one) => (one.type === "file" && one.value) || (one.matches("[data-device]") && one.checked));

function tell(tone, text) {
  told.hidden = false;
  told.dataset.tone = tone;
  told.querySelector("[data-kept-word]").textContent = text;
}

async function take(event, place) {
  const form = event.target;
  if (needsServer(form)) {
    if (navigator.onLine) return;
    event.preventDefault();
    tell("failed", word("needs_server"));
    return;
  }
  event.preventDefault();
  const { actUrl, lot, station, person, inspection } = place.dataset;
  const words = { lot, inspection, values: entered(form), gauges: gauges(form), reason: form.elements.reason?.value ?? "" };
  const body = { act: place.dataset.kept || "data", words, code: lot, event_id: uuid(), scanned_at: new Date().toISOString(), station, person };
  sent = body.event_id;
  await keep(actUrl, body);
  delete place.dataset.typed;
  flush();
}

function put(place, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = place.querySelector(`[name="item_${CSS.escape(name)}"]`);
    if (field) field.value = value;
  }
}

// A copy of an inspection knows nothing of what was entered in it before: that waits in the queue.
async function fill(place) {
  const acts = (await keptActs("inspect")).filter(({ words }) => words.inspection === place.dataset.inspection);
  for (const { words } of acts) put(place, words.values);
}

export function wake(place) {
  if (place.zzKept) return;
  place.zzKept = true;
  told = place.querySelector("[data-kept-told]");
  place.addEventListener("submit", (event) => take(event, place));
  place.addEventListener("input", () => { place.dataset.typed = "yes"; });
  if (document.body.dataset.copyFor) fill(place);
  document.addEventListener("scan:kept", ({ detail: { scan } }) => {
    if (scan.event_id !== sent) return;
    play("kept");
    tell("warning", word("values_kept"));
  });
  document.addEventListener("scan:answer", ({ detail: { scan, status, answer } }) => {
    if (scan.event_id !== sent) {
      // Sent only now, from a page that is gone: what this one shows is older than that.
      const isOurs = scan.words?.inspection && scan.words.inspection === place.dataset.inspection;
      if (isOurs && status >= 300) tell("failed", answer.message ?? answer.detail ?? "");
      if (!isOurs || place.dataset.typed) return;
      if (status < 300) location.reload();
      else put(place, scan.words.values); // to be mended and sent again
      return;
    }
    play(status < 300 ? "accepted" : "refused");
    tell(status < 300 ? "done" : "failed", answer.message ?? answer.detail ?? "");
  });
}
