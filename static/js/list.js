// Lists: marking rows, the order of columns, many values in one filter, links to copy, and files with their progress.
import { toast } from "./toast.js";
import { word } from "./words.js";

const LOOK_AGAIN = 500;

const boxes = () => [...document.querySelectorAll('input[name="row"][form="list-act"]')];

function count() {
  const form = document.getElementById("list-act");
  if (!form) return;
  const all = boxes();
  const marked = all.filter((box) => box.checked).length;
  const whole = form.querySelector("[data-mark-whole]").checked;
  form.toggleAttribute("data-some", marked > 0 || whole);
  const said = form.querySelector("[data-marked]");
  said.dataset.usual ??= said.textContent;
  said.textContent = marked && !whole ? word("rows_marked", marked) : said.dataset.usual;
  const head = document.querySelector("[data-mark-all]");
  head.checked = marked > 0 && marked === all.length;
  head.indeterminate = marked > 0 && marked < all.length;
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-mark-all]")) boxes().forEach((box) => (box.checked = event.target.checked));
  if (event.target.closest("[data-list]")) count();
  const group = event.target.closest(".filters-multi");
  if (group) tell(group);
});

function tell(group) {
  const said = group.querySelector("[data-multi]");
  const words = [...group.querySelectorAll("input:checked")].map((box) => box.nextElementSibling.textContent);
  said.textContent = words.join(", ") || said.dataset.blank;
}

function reorder(button) {
  const row = button.closest("li");
  if (button.matches("[data-up]")) row.previousElementSibling?.before(row);
  else row.nextElementSibling?.after(row);
  button.focus();
}

async function copy(link) {
  await navigator.clipboard.writeText(link.href);
  toast(word("link_copied"), "done");
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-up], [data-down]");
  if (button) reorder(button);
  const link = event.target.closest("a[data-copy]");
  if (link && navigator.clipboard && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    copy(link);
  }
  const file = event.target.closest("a[data-export]");
  if (file && !event.defaultPrevented) {
    event.preventDefault();
    fetchFile(file);
  }
});

function showProgress(name) {
  const box = document.createElement("div");
  box.className = "toast";
  box.dataset.tone = "info";
  box.setAttribute("role", "status");
  const line = document.createElement("p");
  line.textContent = `${name}: ${word("file_begins")}`;
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", name);
  line.append(bar);
  box.append(line);
  document.querySelector("[data-toasts]").append(box);
  const said = line.firstChild;
  return {
    done: () => box.remove(),
    tell: (rows, total) => {
      said.textContent = `${name}: ${word("file_rows", `${rows} / ${total}`)}`;
      bar.max = Math.max(total, 1);
      bar.value = rows;
    },
  };
}

async function look(token, total, shown) {
  const answer = await fetch(`${location.pathname}?progress=${token}`, { headers: { Accept: "application/json" } });
  if (answer.ok) shown.tell((await answer.json()).rows, total);
}

async function fetchFile(link) {
  const token = crypto.randomUUID?.() ?? String(Date.now());
  const shown = showProgress(link.dataset.export);
  let watch = 0;
  try {
    const answer = await fetch(`${link.href}&token=${token}`, { headers: { Accept: "application/json, */*" } });
    if (!answer.ok) throw new Error((await answer.json()).detail);
    const total = Number(answer.headers.get("X-Rows"));
    watch = setInterval(() => look(token, total, shown), LOOK_AGAIN);
    keep(await answer.blob(), answer.headers.get("Content-Disposition") ?? "");
    toast(word("file_done", total), "done");
  } catch (error) {
    toast(error.message && !(error instanceof TypeError) ? error.message : word("no_network"), "failed");
  } finally {
    clearInterval(watch);
    shown.done();
  }
}

function keep(blob, disposition) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = decodeURIComponent(disposition.split("filename*=UTF-8''")[1] ?? "list");
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// The parts that only work with this script are hidden until it runs.
function unhide(root) {
  root.querySelectorAll("[data-up], [data-down], [data-mark-all]").forEach((part) => (part.hidden = false));
}

document.addEventListener("htmx:afterSettle", (event) => {
  const list = event.target.closest?.("[data-list]");
  if (!list) return;
  unhide(list);
  count();
});

export function wake(list) {
  unhide(list);
  document.querySelectorAll(".filters-multi").forEach(tell);
  count();
}
