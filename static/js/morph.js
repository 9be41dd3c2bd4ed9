// Changes a place into new HTML with the fewest changes: what stays the same is not touched, so nothing jumps or flickers.
export function morph(place, html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  children(place, made.content);
}

// What carries an id stays itself wherever it moves to; everything else is known by its place.
function children(old, fresh) {
  const there = significant(fresh);
  const wanted = new Set(there.map((node) => node.id).filter(Boolean));
  for (const node of significant(old)) if (node.id && !wanted.has(node.id)) node.remove();
  const named = new Map(significant(old).filter((node) => node.id).map((node) => [node.id, node]));
  let here = first(old);
  for (const node of there) {
    const known = named.get(node.id);
    if (known) {
      if (known === here) here = next(here);
      else old.insertBefore(known, here);
      become(known, node);
    } else if (here && !here.id && !node.id && isAlike(here, node)) {
      const after = next(here);
      become(here, node);
      here = after;
    } else if (here && !here.id && !node.id) {
      const after = next(here);
      here.replaceWith(node);
      here = after;
    } else old.insertBefore(node, here);
  }
  while (here) {
    const after = next(here);
    here.remove();
    here = after;
  }
}

const isSignificant = (node) => node.nodeType === 1 || node.textContent.trim() !== "";
const significant = (parent) => [...parent.childNodes].filter(isSignificant);
const isAlike = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName;
const first = (parent) => [...parent.childNodes].find(isSignificant) ?? null;

function next(node) {
  let after = node.nextSibling;
  while (after && !isSignificant(after)) after = after.nextSibling;
  return after;
}

function become(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeType !== 1) {
    old.textContent = fresh.textContent;
    return;
  }
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  children(old, fresh);
}
