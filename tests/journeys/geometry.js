// What is wrong with the boxes of a page: each finding is one line that says where.
() => {
  const found = [];
  const name = (e) => `${e.tagName.toLowerCase()}.${[...e.classList].join(".")} “${(e.innerText || "").trim().slice(0, 30)}”`;
  const seen = (e) => { const b = e.getBoundingClientRect(); return b.width > 0 && b.height > 0 && getComputedStyle(e).visibility !== "hidden"; };
  const all = (selector, root = document) => [...root.querySelectorAll(selector)].filter(seen);

  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 1) found.push(`the page is ${wide} px too wide`);

  // What says something in one line is never cut off.
  for (const one of all("main .button, main .badge, main .lamp, main .stat-value, main .count, main h1, main .tab")) {
    if (one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== "inline") found.push(`cut off: ${name(one)}`);
  }
  // What stands beside something never lies on it.
  for (const box of all("main .grid, main .row, main .buttons, main .stack, main .lamps, main .steps, main .facts, main .filters")) {
    const parts = all(":scope > *", box).filter((e) => !["absolute", "fixed", "sticky"].includes(getComputedStyle(e).position) && !e.closest("dialog"));
    const edges = parts.map((e) => e.getBoundingClientRect());
    for (let i = 0; i < parts.length; i += 1) {
      for (let j = i + 1; j < parts.length; j += 1) {
        const [a, b] = [edges[i], edges[j]];
        const over = Math.min(Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
        if (over > 1.5) found.push(`overlap: ${name(parts[i])} and ${name(parts[j])}`);
      }
    }
  }
  // Figures of a column end on one line.
  for (const table of all("main .table").filter((one) => getComputedStyle(one).display === "table")) {
    const ends = {};
    for (const cell of all("td[data-num]", table)) {
      if (getComputedStyle(cell).textAlign !== "end") found.push(`not aligned: ${name(cell)}`);
      if (!getComputedStyle(cell).fontVariantNumeric.includes("tabular")) found.push(`figures of several widths: ${name(cell)}`);
      (ends[cell.cellIndex] ??= new Set()).add(Math.round(cell.getBoundingClientRect().right));
    }
    for (const [column, at] of Object.entries(ends)) if (at.size > 1) found.push(`column ${column} of ${name(table)} ends at ${[...at]}`);
  }
  // Badges in one line stand on one line.
  for (const row of all("main .row")) {
    const lines = {};
    for (const badge of all(":scope > .badge:not([data-size])", row)) (lines[Math.round(badge.getBoundingClientRect().top / 8)] ??= new Set()).add(Math.round(badge.getBoundingClientRect().height));
    for (const heights of Object.values(lines)) if (heights.size > 1) found.push(`badges of ${[...heights]} px in ${name(row)}`);
  }
  // What is pressed with a finger or a mouse is large enough (WCAG 2.2, 2.5.8).
  for (const one of all("main .button")) {
    const box = one.getBoundingClientRect();
    if (box.height < 24 || box.width < 24) found.push(`too small: ${name(one)} ${Math.round(box.width)}×${Math.round(box.height)}`);
  }
  // An icon that no sheet knows draws a point.
  for (const icon of all(".ti")) {
    const word = [...icon.classList].find((c) => c.startsWith("ti-"));
    if (word && word !== "ti-point" && getComputedStyle(icon).getPropertyValue("--icon") === getComputedStyle(document.documentElement).getPropertyValue("--icon-point")) found.push(`no such icon: ${word}`);
  }
  return [...new Set(found)];
}
