// A film of an instruction: quiet where the tablet is mute, and whoever watches one at a station stays signed on.
import { isMuted } from "./sound.js";

const PRESENT = 60000;
let told = Date.now();

function present() {
  if (!document.body.hasAttribute("data-tablet") || Date.now() - told < PRESENT) return;
  told = Date.now();
  fetch(location.href, { credentials: "same-origin" }).catch(() => undefined); // no network: the tablet locks by its own clock
}

export function wake(film) {
  if (film.zzFilm) return;
  film.zzFilm = true;
  film.muted = true;
  const hush = () => { if (isMuted() && !film.muted) film.muted = true; };
  film.addEventListener("volumechange", hush);
  document.addEventListener("zz:theme", hush);
  film.addEventListener("timeupdate", present);
}
