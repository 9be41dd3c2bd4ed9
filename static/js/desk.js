// Sends a person's own choice to the server, so that it goes with them to every device.
import { toast } from "./toast.js";
import { word } from "./words.js";

export async function send(url, values) {
  const body = new URLSearchParams(values);
  const headers = { "X-CSRFToken": document.body.dataset.csrf, Accept: "application/json" };
  try {
    const answer = await fetch(url, { method: "POST", body, headers, redirect: "manual" });
    if (answer.ok) return true;
    const isTold = (answer.headers.get("Content-Type") ?? "").includes("json");
    toast(isTold ? (await answer.json()).detail : word("failed"), "failed");
  } catch {
    toast(word("no_network"), "failed");
  }
  return false;
}
