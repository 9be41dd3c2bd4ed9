// A wall screen: clock in plant time, goes round its pages, comes back by itself after a failure.
import { short } from "./words.js";

const DAILY = 24 * 3600 * 1000;

function next(pages) {
  const here = pages.indexOf(location.pathname);
  const target = pages[(here + 1) % pages.length];
  fetch(target, { method: "HEAD" }).then((answer) => answer.ok && location.assign(target)).catch(() => undefined); // unreachable: stay, try at the next turn
}

export function wake(body) {
  if (body.zzWall) return;
  body.zzWall = true;
  const clock = body.querySelector("[data-clock]");
  const pages = (body.dataset.rotate ?? "").split(" ").filter(Boolean);
  if (clock) setInterval(() => { clock.textContent = short(Date.now()); }, 1000);
  if (pages.length > 1) setInterval(() => next(pages), Number(body.dataset.rotateEvery || 30) * 1000);
  setTimeout(() => location.reload(), DAILY);
}
