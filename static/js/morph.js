// Changes a place into new HTML with the fewest changes: what stays the same is not touched, so nothing jumps or flickers.
export function morph(place, html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  children(place, made.content);
}

function children(old, fresh) {
  const here = significant(old);
  const there = significant(fresh);
  for (const [index, node] of there.entries()) {
    if (index >= here.length) old.append(node);
    else if (isAlike(here[index], node)) become(here[index], node);
    else here[index].replaceWith(node);
  }
  for (const node of here.slice(there.length)) node.remove();
}

const significant = (parent) => [...parent.childNodes].filter((node) => node.nodeType === 1 || node.textContent.trim());
const isAlike = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && (a.id ?? "") === (b.id ?? "");

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
