// The alarm at a station: when quality or a chart calls, it stands over everything until somebody has read it.
import { subscribe } from "./live.js";
import { play } from "./sound.js";

const dialog = document.querySelector("[data-alarm]");

function show({ event, data }) {
  if (event !== "alarm") return;
  const isChinese = document.documentElement.lang.startsWith("zh");
  const said = (name) => (isChinese && data[`${name}_zh`]) || data[name];
  const texts = { title: said("title"), instruction: said("instruction"), nonconformance: data.nonconformance, equipment: data.equipment };
  for (const [name, text] of Object.entries(texts)) {
    const place = dialog.querySelector(`[data-alarm-${name}]`);
    place.textContent = text || "—";
  }
  for (const part of dialog.querySelectorAll("[data-alarm-if]")) part.hidden = !data[part.dataset.alarmIf];
  play("refused");
  if (!dialog.open) dialog.showModal();
}

if (dialog) subscribe(dialog.dataset.alarm, show);

// The answer has changed what lies at the station: look again at once, websocket or not.
document.addEventListener("scan:answer", () => document.dispatchEvent(new CustomEvent("resync")));
