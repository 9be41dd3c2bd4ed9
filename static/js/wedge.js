// Hears a barcode scanner that types: fast keys and an ending key anywhere on the page make one code.
const FAST = 45; // milliseconds a key on average: no person types a whole code so fast
const PAUSE = 300; // after this a new code begins; a scanner may stutter for less
const SHORTEST = 3;
const ENDS = ["Enter", "Tab"];

export function listen(found, { prefix = "", suffix = "", leavesFields = false } = {}) {
  let keys = "";
  let first = 0;
  let last = 0;
  let field = null;
  let before = "";

  function begin(target, at) {
    keys = "";
    first = at;
    field = target.matches?.("input, textarea") ? target : null;
    before = field ? field.value : "";
  }

  function trim(code) {
    const headless = prefix && code.startsWith(prefix) ? code.slice(prefix.length) : code;
    return suffix && headless.endsWith(suffix) ? headless.slice(0, -suffix.length) : headless;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.key === "]") keys += "\u001d"; // GS1 separator as many scanners type it
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const isNew = event.timeStamp - last > PAUSE;
    last = event.timeStamp;
    if (ENDS.includes(event.key)) {
      const code = keys;
      const isFast = !isNew && (last - first) / code.length < FAST;
      keys = "";
      const isCodeField = field?.matches("[data-code]");
      const isOwn = field?.matches("[type=password], [data-scan-into]") || (field && leavesFields && !isCodeField);
      if (!isFast || code.length < SHORTEST || isOwn) return;
      event.preventDefault();
      event.stopPropagation();
      if (field) field.value = before;
      found(trim(code), isCodeField ? field : null);
    } else if (event.key.length === 1) {
      if (isNew || !keys) begin(event.target, event.timeStamp);
      keys += event.key;
    }
  }, true);
}
