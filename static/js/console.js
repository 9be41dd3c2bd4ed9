// The console's own scripts: a part of a page that is fetched again every few seconds, without moving what one reads.
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

document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-again]").forEach(again));
