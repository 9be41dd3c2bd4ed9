// What charts look like: colours read from the design tokens, axes, tooltips with numbers, all following the theme.
import { number } from "./words.js";

// A token may be one colour in the light and another in the dark: only an element that wears it knows which.
function wearing(probe, name) {
  probe.style.color = `var(--${name})`;
  return getComputedStyle(probe).color;
}

export function palette() {
  const style = getComputedStyle(document.documentElement);
  const probe = document.body.appendChild(document.createElement("i"));
  probe.hidden = true;
  const get = (name) => wearing(probe, name);
  const rem = parseFloat(style.fontSize);
  const look = {
    size: parseFloat(style.getPropertyValue("--text-1")) * rem, scale: rem / 16,
    ink: get("ink"), ink2: get("ink-2"), ink3: get("ink-3"), line: get("line"), surface: get("surface"), raised: get("raised"),
    failed: get("failed"), warning: get("warning"), done: get("done"), held: get("held"), running: get("running"), accent: get("accent"),
    series: [1, 2, 3, 4, 5, 6].map((n) => get(`series-${n}`)), font: style.getPropertyValue("--font"),
  };
  probe.remove();
  return look;
}

export function frame(look) {
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return {
    animation: !isStill, animationDuration: 250, animationDurationUpdate: 200, backgroundColor: "transparent",
    textStyle: { fontFamily: look.font, fontSize: look.size, color: look.ink2 },
    grid: { left: 12, right: 24, top: 24, bottom: 8, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    tooltip: {
      trigger: "axis", confine: true, backgroundColor: look.raised, borderColor: look.line, padding: [8, 12],
      textStyle: { color: look.ink, fontSize: look.size }, axisPointer: { lineStyle: { color: look.ink3, type: "dashed" } },
      extraCssText: "font-variant-numeric: tabular-nums; box-shadow: var(--shadow-2); border-radius: 6px;",
    },
  };
}

export function valueAxis(look, more = {}) {
  const { axisLabel = {}, ...rest } = more;
  return {
    type: "value", scale: true, axisLabel: { color: look.ink3, fontSize: look.size, formatter: (v) => number(v), ...axisLabel }, splitNumber: 4,
    splitLine: { lineStyle: { color: look.line } }, axisLine: { show: false }, axisTick: { show: false }, ...rest,
  };
}

export function bottomAxis(look, more = {}) {
  const { axisLabel = {}, ...rest } = more;
  return {
    axisLabel: { color: look.ink3, fontSize: look.size, hideOverlap: true, ...axisLabel }, axisLine: { lineStyle: { color: look.line } }, axisTick: { show: false },
    splitLine: { show: false }, ...rest,
  };
}

// The rows of a tooltip as an element: words from data never become markup.
export function card(title, rows) {
  const box = document.createElement("div");
  const head = document.createElement("strong");
  head.textContent = title;
  box.append(head);
  for (const [name, value, tone] of rows) {
    const row = document.createElement("div");
    row.style.cssText = "display: flex; gap: 1.5em; justify-content: space-between;";
    if (tone) row.style.color = tone;
    const left = document.createElement("span");
    left.textContent = name;
    const right = document.createElement("b");
    right.textContent = value;
    row.append(left, right);
    box.append(row);
  }
  return box;
}

export function table(heads, rows) {
  const made = document.createElement("table");
  made.className = "table";
  const head = made.createTHead().insertRow();
  for (const [text, isNumber] of heads) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = text;
    if (isNumber) cell.dataset.num = "";
    head.append(cell);
  }
  const body = made.createTBody();
  for (const { cells, tone } of rows) {
    const row = body.insertRow();
    if (tone) row.dataset.tone = tone;
    cells.forEach((text, index) => {
      const cell = row.insertCell();
      cell.textContent = text;
      if (heads[index][1]) cell.dataset.num = "";
    });
  }
  return made;
}
