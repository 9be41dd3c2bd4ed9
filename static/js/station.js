// At the station: an alarm stands over everything until somebody has read it; a badge opens the change of person,
// a part whose values are missing opens their form.
import { subscribe } from "./live.js";
import { play } from "./sound.js";

const FRESH = 8000;
const READ = 1200; // to see and hear the answer before the form opens

function show(dialog, { event, data }) {
  if (event !== "alarm") return;
  // What stops or holds stays until it is read; an alarm that only warns does not take its place.
  const isGrave = Boolean(data.stopped || data.held);
  if (dialog.open && "grave" in dialog.dataset && !isGrave) return;
  dialog.toggleAttribute("data-grave", isGrave);
  const isChinese = document.documentElement.lang.startsWith("zh");
  const said = (name) => (isChinese && data[`${name}_zh`]) || data[name];
  const texts = { title: said("title"), instruction: said("instruction"), nonconformance: data.nonconformance, equipment: data.equipment };
  for (const [name, text] of Object.entries(texts)) {
    const place = dialog.querySelector(`[data-alarm-${name}]`);
    place.textContent = text || "—";
    place.closest(".fact")?.toggleAttribute("hidden", !text);
  }
  for (const part of dialog.querySelectorAll("[data-alarm-if]")) part.hidden = !data[part.dataset.alarmIf];
  play("refused");
  if (!dialog.open) dialog.showModal();
}

function change(badge) {
  const dialog = document.getElementById("person");
  if (!dialog) return;
  dialog.querySelector("[name=badge]").value = badge;
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("[name=pin]").focus();
}

export function wake(dialog) {
  if (dialog.zzStation) return;
  dialog.zzStation = true;
  subscribe(dialog.dataset.alarm, (message) => show(dialog, message));
  document.addEventListener("scan:answer", ({ detail: { scan, answer } }) => {
    const isFresh = Date.now() - Date.parse(scan.scanned_at) < FRESH;
    if (answer.kind === "badge" && isFresh) change(scan.code);
    if (answer.form_url && isFresh) setTimeout(() => location.assign(answer.form_url), READ);
    // The answer has changed what lies at the station: look again at once, websocket or not.
    document.dispatchEvent(new CustomEvent("resync"));
  });
}
