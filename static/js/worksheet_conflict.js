// A row that somebody else saved meanwhile.
import { word } from "./words.js";
import { get, written } from "./worksheet_cells.js";

// Both words beside each other; nothing is lost, and the person chooses.
export function ask(row, theirs, acts) {
  row.parentElement.querySelector(`tr[data-of="${row.dataset.key}"]`)?.remove();
  const box = document.createElement("tr");
  box.className = "sheet-conflict";
  box.dataset.of = row.dataset.key;
  const cell = Object.assign(document.createElement("td"), { colSpan: row.children.length });
  const list = document.createElement("dl");
  const heads = new Map([...row.closest("table").querySelectorAll("thead th")].map((head, at) => [row.children[at]?.dataset?.col, head.textContent]));
  for (const one of written(row)) {
    const name = one.dataset.col;
    const mine = String(get(one));
    const other = String(theirs.cells[name] ?? "");
    if (mine === other) continue;
    const label = Object.assign(document.createElement("dt"), { textContent: heads.get(name) ?? name });
    const text = `${word("sheet_theirs_is")}: ${other || word("sheet_empty")} — ${word("sheet_mine_is")}: ${mine || word("sheet_empty")}`;
    list.append(label, Object.assign(document.createElement("dd"), { textContent: text }));
  }
  const buttons = Object.assign(document.createElement("div"), { className: "buttons" });
  for (const [text, run] of acts) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: text });
    made.dataset.size = "sm";
    made.addEventListener("click", () => { box.remove(); run(); });
    buttons.append(made);
  }
  cell.append(list, buttons);
  box.append(cell);
  row.after(box);
}
