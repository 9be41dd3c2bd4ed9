// The station tablet: clock in plant time, screen kept awake, what waits always in sight, locked after a while without a touch.
import { wake as wakePad } from "./pin.js";
import { begin, lock, update } from "./station_app.js";
import { short, word } from "./words.js";

const TICK = 1000;
let lastTouch = Date.now();

async function stayAwake() {
  if (document.visibilityState !== "visible" || !navigator.wakeLock) return;
  await navigator.wakeLock.request("screen").catch(() => undefined); // refused on low battery: the tablet may sleep then
}

function network(body) {
  const chip = body.querySelector("[data-network]");
  if (!chip) return;
  const isOn = navigator.onLine && !body.hasAttribute("data-offline");
  chip.dataset.state = isOn ? "on" : "off";
  chip.querySelector("span").textContent = word(isOn ? "network_on" : "network_off");
  chip.querySelector(".ti").className = `ti ti-${isOn ? "wifi" : "wifi-off"}`;
}

function queued(body, waiting) {
  const chip = body.querySelector("[data-queued]");
  if (!chip) return;
  chip.hidden = !waiting;
  chip.querySelector("b").textContent = waiting;
}

function lockNow(body) {
  const form = body.querySelector("[data-lock]");
  lock();
  if (form && navigator.onLine) form.requestSubmit();
  else location.reload();
}

function remaining(body, idle) {
  const left = Math.ceil((idle - (Date.now() - lastTouch)) / 1000);
  const note = body.querySelector("[data-lock-note]");
  if (!note) return;
  note.hidden = left > 20;
  note.querySelector("span").textContent = word("locks_in", left);
}

export function wake(body) {
  if (body.zzTablet) return;
  body.zzTablet = true;
  const clock = body.querySelector("[data-clock]");
  const idle = Number(body.dataset.lockAfter || 0) * 1000;
  const locks = idle && body.querySelector("[data-lock], [data-offline-open]:not([hidden])");
  // Whoever watches a film is there, too; media events don't bubble.
  for (const kind of ["pointerdown", "keydown", "timeupdate"]) document.addEventListener(kind, () => { lastTouch = Date.now(); }, { passive: true, capture: true });
  for (const kind of ["online", "offline"]) addEventListener(kind, () => network(body));
  document.addEventListener("scan:queue", ({ detail }) => queued(body, detail.waiting));
  body.querySelectorAll("[data-pin-pad]").forEach(wakePad);
  let isLocked = false;
  setInterval(() => {
    if (clock) clock.textContent = short(Date.now());
    update(lastTouch);
    if (!locks || isLocked) return;
    remaining(body, idle);
    isLocked = Date.now() - lastTouch > idle;
    if (isLocked) lockNow(body);
  }, TICK);
  document.addEventListener("visibilitychange", stayAwake);
  stayAwake();
  network(body);
  begin(body);
}
