// Starts what every page needs, and loads a chart, a graph or the scanner only where the page has one.
import "./theme.js";
import "./toast.js";
import "./dialog.js";
import "./table.js";
import "./palette.js";
import "./shortcuts.js";
import "./bell.js";
import "./aids.js";
import "./drafts.js";
import "./moments.js";
import { start } from "./live.js";
import { fillCode } from "./forms.js";
import { listen } from "./wedge.js";
import { nameCells } from "./cards.js";
import { showDates } from "./dates.js";

const WANTED = [
  ["[data-list]", () => import("./list.js")],
  ["[data-chart]", () => import("./chart.js")],
  ["[data-chart-wall]", () => import("./cockpit.js")],
  ["[data-board][data-src]", () => import("./board.js")],
  ["[data-balloons]", () => import("./balloons.js")],
  ["[data-results]", () => import("./results.js")],
  ["[data-parts]", () => import("./parts.js")],
  ["[data-worksheet]", () => import("./worksheet.js")],
  ["[data-genealogy]", () => import("./genealogy.js")],
  ["[data-explorer]", () => import("./explorer.js")],
  ["[data-mention]", () => import("./mention.js")],
  ["[data-film]", () => import("./film.js")],
  ["[data-scan]", () => import("./scan.js")],
  ["[data-kept]", () => import("./kept_form.js")],
  ["[data-tablet]", () => import("./tablet.js")],
  ["[data-ready]", () => import("./ready.js")],
  ["[data-alarm]", () => import("./station.js")],
  ["[data-push]", () => import("./push.js")],
  ["[data-wall]", () => import("./wall.js")],
];

async function wake(root) {
  nameCells(root);
  showDates(root);
  for (const [selector, load] of WANTED) {
    const found = root.matches?.(selector) ? [root] : [...root.querySelectorAll(selector)];
    if (found.length) {
      const module = await load();
      found.forEach((element) => module.wake(element));
    }
  }
}

document.addEventListener("htmx:afterSettle", (event) => wake(event.target));
document.addEventListener("zz:replaced", (event) => wake(event.target));
// A page without a scanning place of its own: a scanned code fills the field that asks for one, else goes to what it names.
if (document.querySelector(".rail") && !document.querySelector("[data-scan]")) {
  listen((code, field) => fillCode(code, field) || location.assign(`/search/?q=${encodeURIComponent(code)}`), { leavesFields: true });
}
start();
wake(document.body);
performance.mark("zz:ready"); // from here on the page can be used; tests measure it
