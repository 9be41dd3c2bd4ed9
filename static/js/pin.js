// The keys of the PIN pad; and a badge read by the scanner goes on to the PIN by itself.
export function wake(pad) {
  if (pad.zzPin) return;
  pad.zzPin = true;
  const form = pad.closest("form");
  const pin = form.querySelector("[name=pin]");
  const badge = form.querySelector("[name=badge]");
  pad.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const key = button?.dataset.key;
    if (key === "enter" && button.type === "button") form.requestSubmit();
    if (!key || key === "enter") return;
    pin.value = key === "back" ? pin.value.slice(0, -1) : pin.value + key;
    pin.dispatchEvent(new Event("input", { bubbles: true }));
  });
  badge.addEventListener("keydown", (event) => {
    if (!["Enter", "Tab"].includes(event.key) || !badge.value.trim() || pin.value) return;
    event.preventDefault();
    pin.focus();
  });
}
