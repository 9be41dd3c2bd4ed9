// Short messages at the edge of the page: from the server's answer, from a script, or from a refused button.
import { word } from "./words.js";

const ICONS = { done: "circle-check", failed: "circle-x", warning: "alert-triangle", held: "hand-stop", info: "info-circle" };
const SHOWN_FOR = 6000;

export function toast(text, tone = "info") {
  const place = document.querySelector("[data-toasts]");
  if (!place || !text) return;
  const box = document.createElement("div");
  box.className = "toast";
  box.dataset.tone = tone;
  box.setAttribute("role", tone === "failed" ? "alert" : "status");
  const icon = document.createElement("i");
  icon.className = `ti ti-${ICONS[tone] ?? ICONS.info}`;
  icon.setAttribute("aria-hidden", "true");
  const line = document.createElement("p");
  line.textContent = text;
  box.append(icon, line);
  place.append(box);
  keep(box);
}

function keep(box) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.dataset.kind = "ghost";
  button.dataset.size = "sm";
  button.setAttribute("aria-label", word("close"));
  button.innerHTML = '<i class="ti ti-x" aria-hidden="true"></i>';
  button.addEventListener("click", () => box.remove());
  box.append(button);
  if (box.dataset.tone !== "failed") setTimeout(() => box.remove(), SHOWN_FOR);
}

document.querySelectorAll("[data-toast]").forEach(keep);
document.addEventListener("toast", (event) => toast(event.detail.text ?? event.detail.value, event.detail.tone));
document.addEventListener("htmx:sendError", () => toast(word("no_network"), "failed"));
document.addEventListener("htmx:responseError", (event) => {
  const type = event.detail.xhr.getResponseHeader("Content-Type") ?? "";
  if (type.includes("problem+json")) toast(JSON.parse(event.detail.xhr.responseText).detail, "failed");
  else toast(word("failed"), "failed");
});
// A refusal (409, 422) answers with a fragment that says why: it is shown in the place that was asked for.
document.addEventListener("htmx:beforeSwap", (event) => {
  const type = event.detail.xhr.getResponseHeader("Content-Type") ?? "";
  if ([409, 422].includes(event.detail.xhr.status) && type.includes("text/html")) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});
