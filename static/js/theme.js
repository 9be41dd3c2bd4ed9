// Light, dark, high contrast or as the system; comfortable or compact: kept in a cookie so that the server draws it at once.
const root = document.documentElement;
const YEAR = 365 * 24 * 3600;

function choose(name, value) {
  root.dataset[name] = value;
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR}; samesite=lax`;
  show();
  document.dispatchEvent(new CustomEvent("zz:theme"));
}

function show() {
  for (const name of ["theme", "density"]) {
    const attribute = `set${name[0].toUpperCase()}${name.slice(1)}`;
    for (const button of document.querySelectorAll(`[data-set-${name}]`)) {
      button.setAttribute("aria-pressed", String(button.dataset[attribute] === root.dataset[name]));
    }
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-set-theme], [data-set-density]");
  if (!button) return;
  if (button.dataset.setTheme) choose("theme", button.dataset.setTheme);
  else choose("density", button.dataset.setDensity);
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => document.dispatchEvent(new CustomEvent("zz:theme")));
show();
