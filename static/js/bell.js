// The bell: asks again when there is news for this person or for the plant, a little later for each, so that not all ask at once.
import { subscribe } from "./live.js";
import { toast } from "./toast.js";

const PAUSE = 800;
const SPREAD = 1500;
const bell = document.querySelector("[data-bell]");
let waiting = 0;

async function refresh() {
  waiting = 0;
  const answer = await fetch(bell.dataset.bell, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok || answer.redirected || bell.contains(document.activeElement)) return;
  bell.innerHTML = await answer.text();
}

function soon(wait) {
  waiting ||= setTimeout(refresh, wait);
}

if (bell) {
  subscribe(`person.${bell.dataset.person}`, (message) => {
    if (message.event === "notice") toast(message.data.title, "info");
    soon(0);
  });
  subscribe("news", () => soon(PAUSE + Math.random() * SPREAD));
  document.addEventListener("resync", () => soon(PAUSE));
}
