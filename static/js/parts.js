// Cards of parts: one more empty card without a round trip. Without this script, saving gives another one.
export function wake(parts) {
  if (parts.dataset.awake) return;
  parts.dataset.awake = "1";
  const template = parts.querySelector(":scope > template");
  const place = parts.querySelector(":scope > [data-part-add]");
  place.hidden = false;
  place.querySelector("button").addEventListener("click", () => {
    const number = Number(parts.dataset.following);
    parts.dataset.following = String(number + 1);
    const made = document.createElement("template");
    made.innerHTML = template.innerHTML.replaceAll(parts.dataset.mark, String(number));
    const card = made.content.firstElementChild;
    template.before(card);
    card.querySelectorAll("[data-parts]").forEach(wake);
    card.querySelector("input, select, textarea")?.focus();
  });
}
