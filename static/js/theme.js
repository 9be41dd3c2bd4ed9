// Colours, density, sound: drawn at once from a cookie, and kept with the person so that they go to every device.
import { send } from "./desk.js";

const root = document.documentElement;
const YEAR = 365 * 24 * 3600;
const NAMES = ["theme", "density", "sound"];
const attribute = (name) => `set${name[0].toUpperCase()}${name.slice(1)}`;

function choose(name, value) {
  root.dataset[name] = value;
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR}; samesite=lax`;
  show();
  document.dispatchEvent(new CustomEvent("zz:theme"));
  if (document.querySelector("[data-me], [data-lock]")) send("/preferences/", { name, value });
}

function show() {
  for (const name of NAMES) {
    for (const button of document.querySelectorAll(`[data-set-${name}]`)) {
      button.setAttribute("aria-pressed", String(button.dataset[attribute(name)] === root.dataset[name]));
    }
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-set-theme], [data-set-density], [data-set-sound]");
  const name = button && NAMES.find((one) => button.dataset[attribute(one)]);
  if (name) choose(name, button.dataset[attribute(name)]);
});
document.addEventListener("zz:choose", (event) => choose(event.detail.name, event.detail.value));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => document.dispatchEvent(new CustomEvent("zz:theme")));
show();
