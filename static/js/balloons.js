// Balloons on a drawing: a click asks what stands there, a drag moves one; the server decides.
const FAR = 4; // pixels before a press becomes a drag

export function wake(place) {
  if (place.zzBalloons || place.hasAttribute("data-still")) return;
  place.zzBalloons = true;
  const drawing = place.querySelector("svg");
  let held = null;

  function spot(event) {
    const box = drawing.getBoundingClientRect();
    const share = (value, size) => Math.min(Math.max(value / size, 0), 1);
    return { x: share(event.clientX - box.left, box.width), y: share(event.clientY - box.top, box.height) };
  }

  function ask(event) {
    const dialog = document.getElementById("place");
    if (!dialog) return;
    const at = { ...spot(event), page: place.dataset.page };
    for (const [name, value] of Object.entries(at)) dialog.querySelector(`[name=${name}]`).value = name === "page" ? value : value.toFixed(4);
    dialog.showModal();
    dialog.querySelector("select, input[name=characteristic]").focus();
  }

  function send(address, values) {
    const form = Object.assign(document.createElement("form"), { method: "post", action: address, hidden: true });
    for (const [name, value] of Object.entries({ ...values, csrfmiddlewaretoken: document.body.dataset.csrf })) {
      form.append(Object.assign(document.createElement("input"), { name, value }));
    }
    document.body.append(form);
    form.submit();
  }

  drawing.addEventListener("pointerdown", (event) => {
    const balloon = event.target.closest("[data-move]");
    held = { balloon, x: event.clientX, y: event.clientY, moved: false };
    if (balloon) drawing.setPointerCapture(event.pointerId);
  });
  drawing.addEventListener("pointermove", (event) => {
    if (!held?.balloon) return;
    held.moved ||= Math.hypot(event.clientX - held.x, event.clientY - held.y) > FAR;
    if (!held.moved) return;
    const { x, y } = spot(event);
    const { width, height } = drawing.viewBox.baseVal;
    held.balloon.setAttribute("data-lifted", "");
    held.balloon.setAttribute("transform", `translate(${x * width} ${y * height})`);
  });
  drawing.addEventListener("pointerup", (event) => {
    const was = held;
    held = null;
    if (!was) return;
    if (was.balloon && was.moved) send(was.balloon.dataset.move, { ...spot(event), page: place.dataset.page });
    else if (!was.balloon) ask(event);
  });
}
