// Keeps every scan on this device until the server has answered it: sent in order, once, with the same event id and number on every try.
const RETRY = 4000;
const MOST_TRIES = 5;
const MOST_GONE = 999;
const NAME = "zhizao-scans";
const parked = new Set();
const gone = new Set();
let opening = null;
let isFlushing = false;

// Numbers begin anew with the store, so the store's own name goes with them: the server keeps one order for each.
function upgrade(db, before, _after, change) {
  db.createObjectStore("queue", { autoIncrement: true });
  db.createObjectStore("about").add(uuid(), "name");
  if (before === 1) carryOver(change);
}

async function carryOver(change) {
  for (const scan of await change.objectStore("scans").getAll()) change.objectStore("queue").add(scan);
  change.objectStore("scans").clear();
}

function database() {
  opening ??= import(new URL(document.body.dataset.idb, location.href).href).then(({ openDB }) => openDB(NAME, 2, { upgrade }))
    .catch((error) => { opening = null; throw error; }); // the library was not reachable: ask again at the next scan
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
  await db.add("queue", { url, body, tries: 0 });
  tell();
}

// What waits here of one kind of act, the oldest first.
export async function keptActs(act) {
  return (await (await database()).getAll("queue")).map(({ body }) => body).filter((body) => body.act === act);
}

async function tell() {
  const waiting = await (await database()).count("queue");
  document.dispatchEvent(new CustomEvent("scan:queue", { detail: { waiting } }));
}

async function send(db, key, scan) {
  if (!document.body.dataset.csrf) throw new Error("the page without network only keeps; the station page sends");
  const turn = { queue: await db.get("about", "name"), seq: key, gone: [...gone].filter((number) => number < key) };
  const answer = await fetch(scan.url, {
    method: "POST", body: JSON.stringify({ ...scan.body, ...turn }), redirect: "manual",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": document.body.dataset.csrf, "Idempotency-Key": scan.body.event_id },
  });
  const isJson = (answer.headers.get("Content-Type") ?? "").includes("json");
  const isAnswer = isJson && answer.status < 500 && ![401, 403, 408, 425, 429].includes(answer.status);
  return { isAnswer, status: answer.status, body: isJson ? await answer.json() : null };
}

// The server waits for a number that this tablet has no scan for any more (answered, or set aside): say so, and send again.
async function isWaitedFor(db, key, result) {
  if (result.status !== 425 || !result.body?.expected) return false;
  const kept = new Set(await db.getAllKeys("queue"));
  const missing = Array.from({ length: Math.min(key - result.body.expected, MOST_GONE) }, (_, step) => result.body.expected + step);
  if (!missing.length || missing.some((number) => gone.has(number) || (kept.has(number) && !parked.has(number)))) return false;
  missing.forEach((number) => gone.add(number));
  return true;
}

// True when the next scan may go: this one is answered, or it was set aside after the server failed on it again and again.
async function deliver(db, key, scan) {
  let result;
  try {
    result = await send(db, key, scan);
    if (await isWaitedFor(db, key, result)) result = await send(db, key, scan);
  } catch {
    result = { isAnswer: false, status: 0 };
  }
  if (result.isAnswer) {
    await db.delete("queue", key);
    gone.clear();
    document.dispatchEvent(new CustomEvent("scan:answer", { detail: { scan: scan.body, status: result.status, answer: result.body } }));
    return true;
  }
  document.dispatchEvent(new CustomEvent("scan:kept", { detail: { scan: scan.body, status: result.status } }));
  if (result.status !== 500) return false;
  await db.put("queue", { ...scan, tries: scan.tries + 1 }, key);
  if (scan.tries + 1 < MOST_TRIES) return false;
  parked.add(key);
  return true;
}

async function drain() {
  const db = await database();
  for (const key of await db.getAllKeys("queue")) {
    if (parked.has(key)) continue;
    const scan = await db.get("queue", key);
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
setInterval(async () => (await (await database()).count("queue")) && flush(), RETRY);
