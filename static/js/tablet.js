// The station tablet: clock in plant time, screen kept awake, signs off after a while without a touch.
import { short } from "./words.js";

const TICK = 1000;
let lastTouch = Date.now();

async function stayAwake() {
  if (document.visibilityState !== "visible" || !navigator.wakeLock) return;
  await navigator.wakeLock.request("screen").catch(() => undefined); // refused on low battery: the tablet may sleep then
}

export function wake(body) {
  if (body.zzTablet) return;
  body.zzTablet = true;
  const clock = body.querySelector("[data-clock]");
  const idle = Number(body.dataset.lockAfter || 0) * 1000;
  const lock = body.querySelector("[data-lock]");
  for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, () => { lastTouch = Date.now(); }, { passive: true });
  setInterval(() => {
    if (clock) clock.textContent = short(Date.now());
    if (idle && lock && Date.now() - lastTouch > idle) lock.requestSubmit();
  }, TICK);
  document.addEventListener("visibilitychange", stayAwake);
  stayAwake();
}
