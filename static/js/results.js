// A table of measured values: judged while somebody types, filled by one paste from a spreadsheet, walked by keys.
import { word } from "./words.js";

const BREAK = /\r\n|\r|\n/;
const value = (text) => (text.trim() === "" ? null : Number(text.trim().replace(",", ".")));

function limits(table) {
  return [...table.querySelectorAll("thead th")].map(({ dataset }) => ({
    low: dataset.low === undefined ? -Infinity : Number(dataset.low), high: dataset.high === undefined ? Infinity : Number(dataset.high),
  }));
}

// Within, out, no number, or nothing typed.
function judged(input, bounds) {
  const found = value(input.value);
  if (found === null) return "";
  const { low, high } = bounds[input.closest("td").cellIndex];
  return Number.isNaN(found) ? "none" : found >= low && found <= high ? "in" : "out";
}

export function wake(place) {
  if (place.zzResults) return;
  place.zzResults = true;
  const table = place.querySelector("table");
  const told = place.querySelector("[data-results-told]");
  const bounds = limits(table);
  const rows = [...table.tBodies[0].rows];
  const at = (row, column) => rows[row]?.cells[column]?.querySelector("input") ?? null;

  function judge(row) {
    const states = [...row.querySelectorAll("input")].map((input) => {
      const state = judged(input, bounds);
      if (state === "" || state === "in") input.removeAttribute("aria-invalid");
      else input.setAttribute("aria-invalid", "true");
      return state;
    }).filter(Boolean);
    const worst = ["none", "out", "in"].find((state) => states.includes(state));
    const said = row.querySelector("[data-results-said]");
    if (said.dataset.state === (worst ?? "")) return;
    said.dataset.state = worst ?? "";
    said.replaceChildren(...(worst ? [place.querySelector(`[data-results-word=${worst}]`).content.cloneNode(true)] : []));
  }

  function tell(leftOut = 0) {
    const out = rows.flatMap((row) => [...row.querySelectorAll("input")]).filter((input) => judged(input, bounds) === "out").length;
    told.textContent = [leftOut && word("results_left_out", leftOut), out && word("results_out", out)].filter(Boolean).join(" ");
  }

  function paste(event) {
    const text = event.clipboardData.getData("text/plain").replace(/[\r\n]+$/, "");
    const cells = text.split(BREAK).map((line) => line.split("\t"));
    const [first, column] = [rows.indexOf(event.target.closest("tr")), event.target.closest("td").cellIndex];
    if (cells.length === 1 && cells[0].length === 1) return;
    event.preventDefault();
    let leftOut = 0;
    cells.forEach((line, down) => line.forEach((cell, right) => {
      const input = at(first + down, column + right);
      if (input) input.value = cell.trim();
      else if (cell.trim()) leftOut += 1;
    }));
    rows.forEach(judge);
    tell(leftOut);
  }

  function walk(event) {
    const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || !event.target.closest("td")) return;
    const next = at(rows.indexOf(event.target.closest("tr")) + step, event.target.closest("td").cellIndex);
    event.preventDefault(); // Enter never sends a table that is half filled
    next?.focus();
    next?.select();
  }

  table.addEventListener("input", (event) => { judge(event.target.closest("tr")); tell(); });
  table.addEventListener("paste", paste);
  table.addEventListener("keydown", walk);
  rows.forEach(judge);
  tell();
}
