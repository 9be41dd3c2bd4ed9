// The scanning place: every code becomes one event, kept until answered, and the answer shows in colour, icon, word and sound.
import { flush, keep, uuid } from "./scan_queue.js";
import { isMuted, mute, play } from "./sound.js";
import { listen } from "./wedge.js";
import { word } from "./words.js";

const LOOKS = {
  sending: ["loader-2", "scan_sending"], accepted: ["circle-check", "scan_accepted"], warning: ["alert-triangle", "scan_attention"],
  refused: ["circle-x", "scan_refused"], kept: ["cloud-off", "scan_kept"],
};
let box = null;
let shown = "";

const part = (name) => box.querySelector(`[data-scan-${name}]`);

function paint(state, message, code, links = []) {
  const [icon, key] = LOOKS[state];
  part("result").dataset.state = state;
  part("icon").className = `ti ti-${icon}`;
  part("word").textContent = word(key);
  part("message").textContent = message ?? "";
  part("code").textContent = code ?? "";
  part("link").replaceChildren(...links);
}

function link(text, url) {
  const made = document.createElement(url ? "a" : "span");
  if (url) made.href = url;
  made.textContent = text;
  return made;
}

function facts(answer) {
  const found = [];
  if (answer.nonconformance) found.push(link(`${word("nonconformance")} ${answer.nonconformance}`, answer.nonconformance_url));
  if (answer.hold) found.push(link(`${word("hold")} ${answer.hold}`, answer.hold_url));
  if (answer.url) found.push(link(word("scan_details"), answer.url));
  return found;
}

async function take(code, source) {
  const clean = code.trim();
  if (!clean) return;
  const event = new CustomEvent("scan", { detail: { code: clean, source }, cancelable: true });
  if (!document.dispatchEvent(event)) return;
  const { scanUrl, station, jobOrder, person } = box.dataset;
  const quantity = box.querySelector("[data-scan-quantity]")?.value || document.querySelector("[data-scan-quantity]")?.value;
  const body = { code: clean, event_id: uuid(), scanned_at: new Date().toISOString() };
  const act = box.dataset.act && { act: box.dataset.act, words: JSON.parse(box.dataset.words || "{}") };
  Object.assign(body, act, station && { station }, jobOrder && { job_order: jobOrder }, person && { person }, quantity && { quantity }, source === "typed" && { typed: true });
  shown = body.event_id;
  paint("sending", "", clean);
  await keep(scanUrl, body);
  flush();
}

function answered({ detail: { scan, status, answer } }) {
  const isFine = status < 300;
  const state = isFine ? (answer.outcome === "accepted" ? "accepted" : "warning") : "refused";
  play(state);
  paint(state, answer.message ?? answer.detail ?? answer.title, scan.code, facts(answer));
}

function kept({ detail: { scan } }) {
  if (scan.event_id !== shown) return;
  play("kept");
  paint("kept", word("scan_kept_why"), scan.code);
}

function counted({ detail: { waiting } }) {
  const line = part("queue").parentElement;
  part("queue").textContent = waiting ? word("waiting", waiting) : word("sent_all");
  line.toggleAttribute("data-waiting", waiting > 0);
  part("queue-icon").className = `ti ti-${waiting ? "cloud-up" : "cloud-check"}`;
}

function showMute() {
  const button = part("mute");
  button.setAttribute("aria-pressed", String(isMuted()));
  button.querySelector(".ti").className = `ti ti-${isMuted() ? "volume-off" : "volume"}`;
}

async function camera() {
  const { look } = await import("./camera.js");
  const code = await look(part("video"));
  if (code) take(code, "camera");
}

export function wake(element) {
  if (box === element) return;
  const isFirst = !box;
  box = element;
  part("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const input = event.target.elements.code;
    take(input.value, "typed");
    input.value = "";
  });
  part("mute").addEventListener("click", () => { mute(!isMuted()); showMute(); });
  part("camera").hidden = !(window.isSecureContext && navigator.mediaDevices?.getUserMedia);
  part("camera").addEventListener("click", camera);
  showMute();
  if (isFirst) begin();
  box.dataset.hears = "";
  flush();
}

function begin() {
  listen((code) => take(code, "wedge"), { prefix: box.dataset.scanPrefix, suffix: box.dataset.scanSuffix });
  document.addEventListener("scan:answer", answered);
  document.addEventListener("scan:kept", kept);
  document.addEventListener("scan:queue", counted);
}
