// Keeps every scan on this device until the server has answered it: sent in order, once, with the same event id on every try.
const RETRY = 4000;
const MOST_TRIES = 5;
const NAME = "zhizao-scans";
const parked = new Set();
let opening = null;
let isFlushing = false;

function database() {
  opening ??= import(new URL(document.body.dataset.idb, location.href).href).then(({ openDB }) =>
    openDB(NAME, 1, { upgrade: (db) => db.createObjectStore("scans", { autoIncrement: true }) }));
  return opening;
}

// crypto.randomUUID is missing where the page is not served over TLS.
export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

export async function keep(url, body) {
  const db = await database();
  await db.add("scans", { url, body, tries: 0 });
  tell();
}

async function tell() {
  const waiting = await (await database()).count("scans");
  document.dispatchEvent(new CustomEvent("scan:queue", { detail: { waiting } }));
}

async function send(scan) {
  const answer = await fetch(scan.url, {
    method: "POST", body: JSON.stringify(scan.body), redirect: "manual",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": document.body.dataset.csrf, "Idempotency-Key": scan.body.event_id },
  });
  const isJson = (answer.headers.get("Content-Type") ?? "").includes("json");
  const isAnswer = isJson && answer.status < 500 && ![401, 403, 408, 425, 429].includes(answer.status);
  return { isAnswer, status: answer.status, body: isJson ? await answer.json() : null };
}

// True when the next scan may go: this one is answered, or it was set aside after the server failed on it again and again.
async function deliver(db, key, scan) {
  let result;
  try {
    result = await send(scan);
  } catch {
    result = { isAnswer: false, status: 0 };
  }
  if (result.isAnswer) {
    await db.delete("scans", key);
    document.dispatchEvent(new CustomEvent("scan:answer", { detail: { scan: scan.body, status: result.status, answer: result.body } }));
    return true;
  }
  document.dispatchEvent(new CustomEvent("scan:kept", { detail: { scan: scan.body, status: result.status } }));
  if (result.status !== 500) return false;
  await db.put("scans", { ...scan, tries: scan.tries + 1 }, key);
  if (scan.tries + 1 < MOST_TRIES) return false;
  parked.add(key);
  return true;
}

async function drain() {
  const db = await database();
  for (const key of await db.getAllKeys("scans")) {
    if (parked.has(key)) continue;
    const scan = await db.get("scans", key);
    if (scan && !(await deliver(db, key, scan))) break;
  }
  await tell();
}

export async function flush() {
  if (isFlushing) return;
  isFlushing = true;
  try {
    // The lock keeps two tabs of one tablet from sending the same scan at the same time.
    if (navigator.locks) await navigator.locks.request(NAME, drain);
    else await drain();
  } finally {
    isFlushing = false;
  }
}

addEventListener("online", flush);
document.addEventListener("resync", flush);
setInterval(async () => (await (await database()).count("scans")) && flush(), RETRY);
