// The dispatch board: a card is carried by mouse, finger or keys to another turn or station; the server says whether it may.
import { subscribe } from "./live.js";
import { morph } from "./morph.js";
import { toast } from "./toast.js";
import { word } from "./words.js";

const LOOK = 15_000;
const SOON = 300;
const FAR = 6; // pixels before a press becomes a drag
const EDGE = 56; // pixels from an edge at which the board scrolls along
const refusals = new Map(); // card → what the server answered, shown at the card until it is closed or the card moves

const cardsOf = (column) => [...column.querySelectorAll(".board-card")].filter((card) => !card.hasAttribute("data-lifted"));
const canTake = (column, card) => card.dataset.able.split(" ").includes(column.dataset.column);
const isStation = (column) => column.dataset.column !== "waiting";

export function wake(board) {
  if (board.zzBoard) return;
  board.zzBoard = true;
  const body = board.querySelector("[data-board-body]");
  const marker = Object.assign(document.createElement("li"), { className: "board-marker" });
  let held = null; // { card, column, before, ghost, x, y, isByKey }
  let isBusy = false;
  let isAgain = false;
  let timer = 0;

  const say = (text) => { board.querySelector("[data-board-said]").textContent = text; };
  const columns = () => [...body.querySelectorAll("[data-column]")];

  async function look() {
    if (isBusy) isAgain = true;
    if (isBusy || held || document.hidden) return undefined;
    isBusy = true;
    isAgain = false;
    try {
      const answer = await fetch(board.dataset.src, { headers: { "HX-Request": "true" } });
      if (answer.ok && !answer.redirected && !held) show(await answer.text());
    } catch {
      // no network: the cards stay, and the bar above says how old they are
    }
    isBusy = false;
    return isAgain ? look() : undefined;
  }

  function show(html) {
    const focused = document.activeElement;
    const card = focused?.closest?.(".board-card")?.id;
    morph(body, html);
    for (const [id, answer] of refusals) tell(id, answer);
    if (card && !focused.isConnected) document.getElementById(card)?.querySelector("[data-grip]")?.focus({ preventScroll: true });
  }

  const soon = () => { timer ||= setTimeout(() => { timer = 0; look(); }, SOON); };

  // What the card says after a refusal: every reason, and the way to another choice or a reason for going on.
  function tell(id, answer) {
    const card = document.getElementById(id);
    card?.querySelector(".board-refusal")?.remove();
    if (!card) return refusals.delete(id);
    const box = document.createElement("div");
    box.className = "board-refusal";
    box.setAttribute("role", "alert");
    const head = document.createElement("b");
    head.textContent = word("board_refused");
    const list = document.createElement("ul");
    for (const one of answer.reasons) list.append(Object.assign(document.createElement("li"), { textContent: one }));
    const acts = document.createElement("div");
    acts.className = "buttons";
    const other = Object.assign(document.createElement("a"), { className: "button", href: answer.otherwise, textContent: word("board_otherwise") });
    const close = Object.assign(document.createElement("button"), { className: "button", type: "button", textContent: word("close") });
    for (const act of [other, close]) act.dataset.size = "sm";
    close.addEventListener("click", () => { refusals.delete(id); box.remove(); card.querySelector("[data-grip]")?.focus(); });
    acts.append(other, close);
    box.append(head, list, acts);
    card.append(box);
    return undefined;
  }

  async function drop() {
    const { card, column, before } = held;
    const name = card.dataset.name;
    end();
    if (!column || (column.contains(card) && (before === card || before === next(card)))) return say(word("board_back", name));
    const address = isStation(column) ? card.dataset.url : card.dataset.url.replace(/put\/$/, "take-back/");
    const sent = { operation: card.dataset.operation, station: column.dataset.column, before: before?.dataset.card ?? "", seen: card.dataset.seen };
    card.setAttribute("data-busy", "");
    say(word("board_wait", name));
    refusals.delete(card.id);
    card.querySelector(".board-refusal")?.remove();
    try {
      const headers = { Accept: "application/json", "X-CSRFToken": document.body.dataset.csrf };
      const answer = await fetch(address, { method: "POST", headers, body: new URLSearchParams(sent) });
      const told = await answer.json();
      if (answer.ok) {
        say(told.said);
        toast(told.said, "done");
      } else {
        const reasons = (told.reasons ?? [{ reason: told.detail }]).map((one) => one.reason);
        const station = isStation(column) ? `&station=${column.dataset.column}` : "";
        refusals.set(card.id, { reasons, otherwise: card.dataset.otherwise + station });
        tell(card.id, refusals.get(card.id));
      }
    } catch {
      toast(word("no_network"), "failed");
    }
    card.removeAttribute("data-busy");
    await look();
    document.getElementById(card.id)?.querySelector("[data-grip]")?.focus({ preventScroll: true });
    return undefined;
  }

  const next = (card) => { const all = [...card.parentElement.querySelectorAll(".board-card")]; return all[all.indexOf(card) + 1] ?? null; };

  function lift(card, more) {
    held = { card, column: card.closest("[data-column]"), before: next(card), ...more };
    card.setAttribute("data-lifted", "");
    for (const column of columns()) {
      const mark = isStation(column) ? (canTake(column, card) ? "data-can" : "data-cannot") : "";
      if (mark) column.setAttribute(mark, "");
    }
    place(held.column, held.before);
    say(word("board_lifted", card.dataset.name));
  }

  function place(column, before) {
    Object.assign(held, { column, before });
    for (const one of columns()) one.toggleAttribute("data-over", one === column);
    marker.remove();
    if (!column) return;
    column.querySelector("[data-board-cards]").insertBefore(marker, before ?? null);
    if (held.isByKey) {
      marker.scrollIntoView({ block: "nearest", inline: "nearest" });
      const turn = before ? cardsOf(column).indexOf(before) + 1 : cardsOf(column).length + 1;
      say(`${column.querySelector(".board-title").textContent}: ${word("board_at", turn)}`);
    }
  }

  function end() {
    held?.ghost?.remove();
    held?.card.removeAttribute("data-lifted");
    marker.remove();
    for (const column of columns()) for (const mark of ["data-can", "data-cannot", "data-over"]) column.removeAttribute(mark);
    held = null;
  }

  function cancel() {
    const name = held.card.dataset.name;
    end();
    say(word("board_back", name));
  }

  // By mouse or finger.
  let press = null;
  board.addEventListener("pointerdown", (event) => {
    if (event.button || held || board.hasAttribute("data-board-still")) return;
    const card = event.target.closest(".board-card");
    const isGrip = event.target.closest("[data-grip]");
    const isFree = event.pointerType === "mouse" && !event.target.closest("a, button, input, .board-refusal");
    if (card && (isGrip || isFree)) press = { card, x: event.clientX, y: event.clientY, id: event.pointerId };
  });

  addEventListener("pointermove", (event) => {
    if (press && !held && event.pointerId === press.id && Math.hypot(event.clientX - press.x, event.clientY - press.y) > FAR) {
      const box = press.card.getBoundingClientRect();
      const ghost = press.card.cloneNode(true);
      ghost.classList.add("board-ghost");
      ghost.removeAttribute("id");
      ghost.setAttribute("aria-hidden", "true");
      ghost.style.width = `${box.width}px`;
      document.body.append(ghost);
      lift(press.card, { ghost, x: press.x - box.left, y: press.y - box.top, pointer: press.id });
    }
    if (!held?.ghost || event.pointerId !== held.pointer) return;
    event.preventDefault();
    held.ghost.style.transform = `translate(${event.clientX - held.x}px, ${event.clientY - held.y}px) rotate(1deg)`;
    const column = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-column]");
    const before = column && cardsOf(column).find((card) => { const box = card.getBoundingClientRect(); return event.clientY < box.top + box.height / 2; });
    place(column && board.contains(column) ? column : null, before ?? null);
    follow(event);
  }, { passive: false });

  function follow(event) {
    const box = body.getBoundingClientRect();
    if (event.clientX > box.right - EDGE) body.scrollLeft += 18;
    if (event.clientX < box.left + EDGE) body.scrollLeft -= 18;
    const list = held.column?.querySelector("[data-board-cards]");
    if (!list) return;
    const edges = list.getBoundingClientRect();
    if (event.clientY > edges.bottom - EDGE) list.scrollTop += 14;
    if (event.clientY < edges.top + EDGE) list.scrollTop -= 14;
  }

  addEventListener("pointerup", (event) => {
    press = null;
    if (held?.ghost && event.pointerId === held.pointer) drop();
  });
  addEventListener("pointercancel", () => { press = null; if (held?.ghost) cancel(); });
  board.addEventListener("dragstart", (event) => event.preventDefault());

  // By keys.
  board.addEventListener("keydown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (held?.isByKey) return carried(event);
    if (grip && (event.key === " " || event.key === "Enter")) {
      event.preventDefault();
      lift(grip.closest(".board-card"), { isByKey: true });
      place(held.column, held.before);
    }
    return undefined;
  });

  function carried(event) {
    const acts = { ArrowUp: () => along(-1), ArrowDown: () => along(1), ArrowLeft: () => across(-1), ArrowRight: () => across(1), " ": drop, Enter: drop, Escape: cancel };
    if (event.key === "Tab") return cancel();
    if (!acts[event.key]) return undefined;
    event.preventDefault();
    event.stopPropagation();
    return acts[event.key]();
  }

  function along(step) {
    const there = [...cardsOf(held.column), null];
    const turn = Math.min(Math.max(there.indexOf(held.before) + step, 0), there.length - 1);
    place(held.column, there[turn]);
  }

  function across(step) {
    const there = columns();
    const column = there[there.indexOf(held.column) + step];
    if (column) place(column, isStation(column) ? (cardsOf(column)[0] ?? null) : null);
  }

  addEventListener("keydown", (event) => { if (event.key === "Escape" && held) cancel(); });
  board.addEventListener("focusout", (event) => { if (held?.isByKey && !board.contains(event.relatedTarget) && event.relatedTarget) cancel(); });

  subscribe(board.dataset.topicOf, soon);
  document.addEventListener("resync", soon);
  document.addEventListener("visibilitychange", soon);
  setInterval(look, LOOK);
}
