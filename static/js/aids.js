// The star, the help drawer and the first walk through the product.
import { send } from "./desk.js";
import { toast } from "./toast.js";
import { word } from "./words.js";

const star = document.querySelector("[data-star]");
const drawer = document.getElementById("help");
const tour = document.querySelector("[data-tour]");

star?.addEventListener("click", async () => {
  const isOn = star.getAttribute("aria-pressed") !== "true";
  const title = document.title.split(" · ")[0];
  const answer = await send(star.dataset.star, { url: location.pathname + location.search, title, on: isOn ? "1" : "" });
  if (!answer) return;
  star.setAttribute("aria-pressed", String(isOn));
  toast(word(isOn ? "starred" : "unstarred"), "done");
});

async function fill(place) {
  const url = place.dataset.helpFrom;
  if (!url || place.zzFilled) return;
  try {
    const answer = await fetch(url, { headers: { "HX-Request": "true" } });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    place.innerHTML = await answer.text();
    place.zzFilled = true;
  } catch {
    place.textContent = word("help_failed");
  }
}

document.addEventListener("click", (event) => {
  if (!drawer || !event.target.closest("button[data-help]")) return;
  drawer.showModal();
  fill(drawer.querySelector("[data-help-from]"));
});

function walk(steps) {
  let at = 0;
  const next = tour.querySelector("[data-tour-next]");
  function end() {
    document.querySelector("[data-tour-here]")?.removeAttribute("data-tour-here");
    tour.hidden = true;
    send("/preferences/", { name: "tour", value: "seen" });
  }
  function show() {
    document.querySelector("[data-tour-here]")?.removeAttribute("data-tour-here");
    if (at >= steps.length) return end();
    const place = document.querySelector(steps[at].place);
    place.setAttribute("data-tour-here", "");
    tour.querySelector("[data-tour-count]").textContent = word("step_of", at + 1).replace("{}", steps.length);
    tour.querySelector("[data-tour-title]").textContent = steps[at].title;
    tour.querySelector("[data-tour-text]").textContent = steps[at].text;
    next.textContent = word(at === steps.length - 1 ? "done" : "next");
    tour.hidden = false;
    return undefined;
  }
  next.addEventListener("click", () => { at += 1; show(); });
  tour.querySelector("[data-tour-skip]").addEventListener("click", end);
  show();
}

if (tour) {
  const steps = JSON.parse(document.getElementById("tour-steps").textContent);
  const seen = steps.filter((step) => document.querySelector(step.place)?.checkVisibility({ visibilityProperty: true }));
  if (seen.length) walk(seen);
}
