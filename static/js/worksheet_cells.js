// Cells of a worksheet: what a field holds and takes, and what the clipboard of a spreadsheet brings.

const FIELD = "textarea, select, input";

// Rows of a spreadsheet on the clipboard: tabs, lines, and cells of several lines within quotes.
export function table(text) {
  const rows = [[""]];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    const row = rows[rows.length - 1];
    if (quoted) {
      if (sign === '"' && text[at + 1] === '"') { row[row.length - 1] += '"'; at += 1; } else if (sign === '"') quoted = false;
      else row[row.length - 1] += sign;
    } else if (sign === '"' && row[row.length - 1] === "") quoted = true;
    else if (sign === "\t") row.push("");
    else if (sign === "\n") rows.push([""]);
    else if (sign !== "\r") row[row.length - 1] += sign;
  }
  if (rows.length > 1 && rows[rows.length - 1].join("") === "") rows.pop();
  return rows;
}

export const fieldOf = (cell) => cell?.querySelector(FIELD);
export const written = (row) => [...row.querySelectorAll("td[data-col]")].filter(fieldOf);
export const get = (cell) => { const field = fieldOf(cell); return field.type === "checkbox" ? field.checked : field.value; };
export const cellsOf = (row) => Object.fromEntries(written(row).map((cell) => [cell.dataset.col, get(cell)]));

export function put(cell, value) {
  const field = fieldOf(cell);
  if (field.type === "checkbox") field.checked = value === true || ["1", "x", "yes", "是", "true"].includes(String(value).toLowerCase());
  else if (field.matches("select")) {
    const options = [...field.options];
    const wanted = String(value ?? "").trim().toLowerCase();
    const found = options.find((one) => one.value.toLowerCase() === wanted) ?? options.find((one) => one.textContent.trim().toLowerCase() === wanted);
    field.value = found ? found.value : options[0].value;
  } else field.value = value ?? "";
}

export function go(row, name) {
  const field = fieldOf(row?.querySelector(`td[data-col="${name}"]`));
  field?.focus();
  field?.select?.();
}

// What the server told of a cell, as its field would say it.
export const fresh = (row, name, value) => (typeof get(row.querySelector(`td[data-col="${name}"]`)) === "boolean" ? Boolean(value) : String(value ?? ""));

// For browsers that make none outside https.
export const uuid = () => "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) => (Number(digit) ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (Number(digit) / 4)))).toString(16));
