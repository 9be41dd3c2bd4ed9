// Whether keys go into a field just now, so that they are nobody's shortcut.
export function typingIn(target) {
  return Boolean(target.closest?.("input, textarea, select, [contenteditable], [role=textbox], [role=combobox]"));
}
