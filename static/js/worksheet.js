// A worksheet: cells written like a spreadsheet, rows saved by themselves, one by one, never over somebody else's words.
import { word } from "./words.js";
import { cellsOf, fieldOf, fresh, get, go, put, table, uuid, written } from "./worksheet_cells.js";
import { ask } from "./worksheet_conflict.js";

const IDLE = 4000; // a row that nobody leaves is saved after this long
const AGAIN = 8000;
const LIFE = 24 * 3600 * 1000;
const person = document.querySelector("[data-bell]")?.dataset.person ?? "";

export function wake(place) {
  if (place.zzSheet || place.hasAttribute("data-still")) return;
  place.zzSheet = true;
  const body = place.querySelector("tbody");
  const store = `zz.sheet.${person}.${place.dataset.src}`;
  const seen = new WeakMap(); // row → its cells as they were saved last
  let turn = Promise.resolve();
  let timer = 0;

  const rows = () => [...body.querySelectorAll("tr[data-key]")];
  const rowOf = (element) => element.closest("tr[data-key]");
  const say = (text) => { place.querySelector("[data-sheet-said]").textContent = text; };

  function changed(row) {
    const before = seen.get(row) ?? {};
    return Object.fromEntries(Object.entries(cellsOf(row)).filter(([name, value]) => value !== before[name]));
  }

  const isNew = (row) => row.dataset.version === "0";
  const isDirty = (row) => Object.keys(changed(row)).length > 0;
  const openOf = (row) => body.querySelector(`tr[data-of="${row.dataset.key}"]`);

  function mark(row, state, text) {
    if (state) row.dataset.state = state; else delete row.dataset.state;
    row.querySelector("[data-row-said]").textContent = text ?? "";
  }

  function number() {
    rows().forEach((row, at) => { const head = row.querySelector("[data-place]"); (head.querySelector("a") ?? head).textContent = at + 1; });
  }

  // What is not saved is kept on this device for a day, for this person.
  function keep() {
    const kept = rows().filter((row) => isDirty(row)).map((row) => ({
      key: row.dataset.key, version: Number(row.dataset.version), after: rowBefore(row), cells: changed(row), at: Date.now(),
    }));
    if (kept.length) localStorage.setItem(store, JSON.stringify(kept)); else localStorage.removeItem(store);
  }

  const rowBefore = (row) => rows()[rows().indexOf(row) - 1]?.dataset.key ?? null;

  function add(after, key) {
    const row = place.querySelector("template").content.firstElementChild.cloneNode(true);
    row.dataset.key = key ?? crypto.randomUUID?.() ?? uuid();
    row.dataset.version = "0";
    if (after) after.after(row); else body.append(row);
    seen.set(row, cellsOf(row));
    number();
    return row;
  }

  // What the server kept stands in the row now; what was typed meanwhile stays, and is not saved yet.
  function settle(row, told) {
    row.dataset.version = told.version;
    const sent = row.zzSent ?? {};
    const before = seen.get(row) ?? {};
    const saved = {};
    for (const cell of written(row)) {
      const name = cell.dataset.col;
      const known = name in sent ? sent[name] : before[name];
      if (!(name in told.cells)) { saved[name] = known; continue; }
      saved[name] = fresh(row, name, told.cells[name]);
      if (get(cell) === known) put(cell, told.cells[name]);
    }
    seen.set(row, saved);
    for (const [name, html] of Object.entries(told.told)) { const cell = row.querySelector(`td[data-col="${name}"]`); if (cell) cell.innerHTML = html; }
    const head = row.querySelector("[data-place]");
    if (told.href && !head.querySelector("a")) head.replaceChildren(Object.assign(document.createElement("a"), { href: told.href, textContent: head.textContent }));
    row.querySelectorAll("[data-wrong]").forEach((cell) => cell.removeAttribute("data-wrong"));
    mark(row, isDirty(row) ? "dirty" : "saved", word(isDirty(row) ? "sheet_dirty" : "sheet_saved"));
  }

  function refuse(row, told) {
    const isConflict = Boolean(told.theirs);
    mark(row, isConflict ? "conflict" : "refused", `${word(isConflict ? "sheet_conflict" : "sheet_refused")}: ${told.message}`);
    row.querySelectorAll("[data-wrong]").forEach((cell) => cell.removeAttribute("data-wrong"));
    if (told.field) row.querySelector(`td[data-col="${told.field}"]`)?.setAttribute("data-wrong", "");
    if (!isConflict) return;
    ask(row, told.theirs, [[word("sheet_theirs"), () => yieldTo(row, told.theirs)], [word("sheet_mine"), () => insist(row, told.theirs)]]);
  }

  function yieldTo(row, theirs) {
    row.zzSent = null;
    for (const one of written(row)) put(one, theirs.cells[one.dataset.col]);
    settle(row, theirs);
    keep();
  }

  function insist(row, theirs) {
    row.dataset.version = theirs.version;
    save([row]);
  }

  function save(some) {
    turn = turn.then(() => send(some.filter((row) => row.isConnected && isDirty(row) && !openOf(row))));
    return turn;
  }

  async function post(list) {
    const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": document.body.dataset.csrf };
    const answer = await fetch(place.dataset.src, { method: "POST", headers, body: JSON.stringify({ rows: list }) });
    return { ok: answer.ok, told: await answer.json() };
  }

  async function send(some) {
    if (!some.length) return;
    const list = some.map((row) => {
      row.zzSent = isNew(row) ? cellsOf(row) : changed(row);
      mark(row, "saving", word("sheet_saving"));
      return { key: row.dataset.key, version: Number(row.dataset.version), after: isNew(row) ? rowBefore(row) : null, cells: row.zzSent };
    });
    try {
      const { ok, told } = await post(list);
      if (!ok) throw new TypeError(told.detail ?? "");
      for (const one of told.rows) {
        const row = some.find((found) => found.dataset.key === one.key);
        if (one.error) refuse(row, one); else settle(row, one);
      }
    } catch (error) {
      for (const row of some) mark(row, "kept", error instanceof TypeError && error.message && navigator.onLine ? error.message : word("sheet_kept"));
      setTimeout(() => save(rows().filter((row) => row.dataset.state === "kept")), AGAIN);
    }
    keep();
  }

  async function remove(row) {
    const other = rows()[rows().indexOf(row) + 1] ?? rows()[rows().indexOf(row) - 1];
    if (!isNew(row)) {
      await turn;
      try {
        const { told } = await post([{ key: row.dataset.key, version: Number(row.dataset.version), remove: true }]);
        const one = told.rows?.[0] ?? { message: told.detail };
        if (!one.removed) { refuse(row, one); return; }
      } catch {
        mark(row, "refused", word("sheet_kept"));
        return;
      }
    }
    openOf(row)?.remove();
    row.remove();
    number();
    keep();
    fieldOf(other && written(other)[0])?.focus();
  }

  function below(row, isUp) {
    const all = rows();
    const at = all.indexOf(row) + (isUp ? -1 : 1);
    return all[at] ?? (isUp ? null : add(row));
  }

  body.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td[data-col]");
    if (!cell || event.isComposing) return;
    const row = rowOf(cell);
    const name = cell.dataset.col;
    if (event.key === "Enter" && event.altKey && event.target.matches("textarea")) {
      event.preventDefault();
      event.target.setRangeText("\n", event.target.selectionStart, event.target.selectionEnd, "end");
      event.target.dispatchEvent(new Event("input", { bubbles: true }));
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      go(add(row), written(row)[0].dataset.col);
    } else if (event.key === "Enter") {
      event.preventDefault();
      go(below(row, event.shiftKey), name);
    } else if (event.key.toLowerCase() === "d" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      const above = rows()[rows().indexOf(row) - 1];
      if (above) { put(cell, get(above.querySelector(`td[data-col="${name}"]`))); event.target.dispatchEvent(new Event("input", { bubbles: true })); }
    } else if (["ArrowUp", "ArrowDown"].includes(event.key) && (event.ctrlKey || event.target.matches("input[type=text]"))) {
      const next = rows()[rows().indexOf(row) + (event.key === "ArrowUp" ? -1 : 1)];
      if (next) { event.preventDefault(); go(next, name); }
    }
  });

  body.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const cell = event.target.closest("td[data-col]");
    if (!cell || !/[\t\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    const brought = table(text);
    const first = written(rowOf(cell)).indexOf(cell);
    let row = rowOf(cell);
    const touched = [];
    brought.forEach((values, at) => {
      if (at) row = below(row, false);
      const cells = written(row);
      values.forEach((value, offset) => { if (cells[first + offset]) put(cells[first + offset], value); });
      touched.push(row);
    });
    say(word("sheet_pasted", brought.length));
    keep();
    for (let at = 0; at < touched.length; at += 200) save(touched.slice(at, at + 200));
  });

  function touch(event) {
    const row = rowOf(event.target);
    if (!row) return;
    mark(row, isDirty(row) ? "dirty" : "", isDirty(row) ? word("sheet_dirty") : "");
    keep();
    clearTimeout(timer);
    timer = setTimeout(() => save([row]), IDLE);
  }
  body.addEventListener("input", touch);
  body.addEventListener("change", touch);
  body.addEventListener("focusout", (event) => {
    const row = rowOf(event.target);
    if (row && !row.contains(event.relatedTarget)) save([row]);
  });
  place.addEventListener("click", (event) => {
    if (event.target.closest("[data-sheet-add]")) { const row = add(); go(row, written(row)[0].dataset.col); }
    const gone = event.target.closest("[data-sheet-remove]");
    if (gone) remove(rowOf(gone));
  });
  addEventListener("online", () => save(rows().filter((row) => row.dataset.state === "kept")));
  addEventListener("beforeunload", (event) => { if (rows().some((row) => isDirty(row) && row.dataset.state !== "refused")) event.preventDefault(); });

  function restore() {
    let kept = [];
    try { kept = JSON.parse(localStorage.getItem(store)) ?? []; } catch { /* not ours: as good as none */ }
    const back = [];
    for (const one of kept) {
      if (Date.now() - one.at > LIFE) continue;
      const row = rows().find((found) => found.dataset.key === one.key) ?? (one.version ? null : add(rows().find((found) => found.dataset.key === one.after), one.key));
      if (!row) continue;
      for (const [name, value] of Object.entries(one.cells)) { const cell = row.querySelector(`td[data-col="${name}"]`); if (cell) put(cell, value); }
      if (one.version) row.dataset.version = one.version;
      back.push(row);
    }
    if (back.length) save(back); else localStorage.removeItem(store);
  }

  rows().forEach((row) => seen.set(row, cellsOf(row)));
  restore();
}
