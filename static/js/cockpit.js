// The wall of all charts: looked at again by itself; tiles change in place and slide to their new rank, nothing jumps.
import { subscribe } from "./live.js";
import { morph } from "./morph.js";

const LOOK = 5000;
const SOON = 300;
const SLIDE = { duration: 320, easing: "cubic-bezier(.2, 0, 0, 1)" };

const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const places = (wall) => new Map([...wall.querySelectorAll("li[id]")].map((tile) => [tile.id, tile.getBoundingClientRect()]));

// A tile that has moved begins where it was and slides to where it is now.
function slide(wall, before) {
  for (const [id, now] of places(wall)) {
    const was = before.get(id);
    const [x, y] = was ? [was.left - now.left, was.top - now.top] : [0, 0];
    if (x || y) document.getElementById(id).animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: "none" }], SLIDE);
  }
}

function show(wall, html) {
  const before = isStill() ? null : places(wall);
  const held = document.activeElement;
  morph(wall.querySelector("[data-wall-body]"), html);
  if (held?.isConnected && held !== document.activeElement) held.focus({ preventScroll: true });
  if (before) slide(wall, before);
}

export function wake(wall) {
  let isBusy = false;
  let timer = 0;
  const look = async () => {
    if (isBusy || document.hidden) return;
    isBusy = true;
    try {
      const answer = await fetch(wall.dataset.src, { headers: { "HX-Request": "true" } });
      if (answer.ok && !answer.redirected) show(wall, await answer.text());
    } catch {
      // no network: the tiles stay, and the bar above says how old they are
    }
    isBusy = false;
  };
  // Hints may come many a second: the first one sets the time, so that the last one never puts it off.
  const soon = () => { timer ||= setTimeout(() => { timer = 0; look(); }, SOON); };
  subscribe("news", soon);
  document.addEventListener("resync", soon);
  document.addEventListener("visibilitychange", soon);
  setInterval(look, LOOK);
}

document.addEventListener("click", (event) => {
  const place = document.getElementById(event.target.closest("[data-full]")?.dataset.full ?? "");
  place?.requestFullscreen?.();
});
