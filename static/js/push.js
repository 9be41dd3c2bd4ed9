// Lets a person be told on this browser: asks the browser, subscribes at its push service, and tells the plant.
import { toast } from "./toast.js";
import { word } from "./words.js";

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const coded = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const canPush = () => window.isSecureContext && "serviceWorker" in navigator && "PushManager" in window;

export function wake(place) {
  const button = place.querySelector("button");
  if (!canPush()) {
    button.disabled = true;
    button.title = word("push-impossible");
    return;
  }
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      if (await subscribe(place)) location.reload();
    } catch (error) {
      toast(error.message, "failed");
    }
    button.disabled = false;
  });
}

async function subscribe(place) {
  if ((await Notification.requestPermission()) !== "granted") throw new Error(word("push-denied"));
  const registration = await navigator.serviceWorker.register(place.dataset.worker, { scope: place.dataset.scope });
  await ready(registration);
  const found = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(place.dataset.push) });
  const said = {
    endpoint: found.endpoint, p256dh: coded(found.getKey("p256dh")), auth: coded(found.getKey("auth")), name: named(),
    csrfmiddlewaretoken: place.querySelector("[name=csrfmiddlewaretoken]").value,
  };
  const answer = await fetch(place.dataset.url, { method: "POST", body: new URLSearchParams(said), headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).detail || word("push-refused"));
  return true;
}

function ready(registration) {
  const worker = registration.installing || registration.waiting;
  if (!worker || registration.active) return Promise.resolve();
  return new Promise((resolve) => worker.addEventListener("statechange", () => worker.state === "activated" && resolve()));
}

// What the person calls this browser: its maker and its system.
function named() {
  const brand = navigator.userAgentData?.brands?.find((one) => !/not/i.test(one.brand))?.brand;
  const known = [["Edg", "Edge"], ["Firefox", "Firefox"], ["Chrome", "Chrome"], ["Safari", "Safari"]];
  const maker = brand || known.find(([part]) => navigator.userAgent.includes(part))?.[1] || "Browser";
  return `${maker} · ${navigator.userAgentData?.platform || navigator.platform || ""}`;
}
