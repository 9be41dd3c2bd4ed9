// Makes a whole table row follow its link, and applies a filter as soon as it is chosen.
const PAUSE = 350;
let waiting = 0;

document.addEventListener("click", (event) => {
  const row = event.target.closest("tr[data-href]");
  if (!row || event.defaultPrevented || event.target.closest("a, button, input, select, label, summary")) return;
  if (String(getSelection())) return;
  if (event.ctrlKey || event.metaKey) window.open(row.dataset.href, "_blank", "noopener");
  else location.assign(row.dataset.href);
});

function apply(form) {
  const asked = new URLSearchParams();
  for (const [key, value] of new FormData(form)) {
    if (value !== "") asked.append(key, value);
  }
  location.assign(`${location.pathname}?${asked}`);
}

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("[data-filters]");
  if (form && event.target.type !== "search") apply(form);
});
document.addEventListener("search", (event) => {
  const form = event.target.closest?.("[data-filters]");
  if (!form) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => apply(form), PAUSE);
}, true);
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-filters]")) return;
  event.preventDefault();
  clearTimeout(waiting);
  apply(event.target);
});
