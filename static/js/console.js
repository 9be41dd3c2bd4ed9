// A part of a page that is fetched again every few seconds, without moving what one reads.
const again = (place) => {
  const every = Number(place.dataset.every) * 1000;
  const look = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(place.dataset.url, { headers: { "HX-Request": "true" } });
        if (answer.redirected || answer.status === 403) return window.location.reload();
        if (answer.ok) place.innerHTML = await answer.text();
        place.toggleAttribute("data-stale", !answer.ok);
      } catch {
        place.toggleAttribute("data-stale", true);
      }
    }
    setTimeout(look, every);
  };
  setTimeout(look, every);
};

// The boxes that Django searches in carry no name of their own; their label names them.
const named = () => {
  for (const box of document.querySelectorAll(".select2-selection:not([aria-label]), .select2-selection__rendered[role=textbox]:not([aria-label])")) {
    const field = box.closest(".select2")?.previousElementSibling;
    const words = field?.labels?.[0]?.textContent.trim() || field?.name;
    if (words) box.setAttribute("aria-label", words);
  }
};

if (document.readyState === "complete") named();
else window.addEventListener("load", named);
document.addEventListener("formset:added", () => setTimeout(named));
document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-again]").forEach(again));

// The frame looks for a text box beside every file box; ours has none and tells its file itself.
document.addEventListener("change", (event) => event.target.matches(".c-file") && event.stopPropagation(), true);
