// On a phone the rows of a table stand as cards: every cell learns the name of its column once (list.css draws them).
const ROLES = { thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell" };

function name(table) {
  const heads = [...table.querySelectorAll(":scope > thead > tr:only-child > th")];
  const rows = [...table.querySelectorAll(":scope > tbody > tr")];
  const isPlain = heads.length > 1 && rows.every((row) => row.cells.length === heads.length) && !table.querySelector("[colspan], [rowspan], tfoot");
  if (!isPlain || heads.length > 9) return;
  table.setAttribute("role", "table");
  for (const [tag, role] of Object.entries(ROLES)) table.querySelectorAll(tag).forEach((one) => one.setAttribute("role", role));
  heads.forEach((head) => head.setAttribute("role", "columnheader"));
  for (const row of rows) {
    [...row.cells].forEach((cell, index) => {
      if (cell.tagName === "TH") cell.setAttribute("role", "rowheader");
      else if (!cell.hasAttribute("data-act")) cell.dataset.label = heads[index].innerText;
    });
  }
  table.toggleAttribute("data-cards", true);
}

/** Name the cells of every plain table under an element. */
export function nameCells(root) {
  root.querySelectorAll("main .table:not([data-cards]), main.table:not([data-cards])").forEach(name);
}
