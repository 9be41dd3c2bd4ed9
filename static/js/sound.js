// Short tones for accepted, refused and attention; mute if the person wants it quiet, on whatever device.
const TONES = { accepted: [[1320, 0, 0.09]], warning: [[880, 0, 0.12], [880, 0.18, 0.12]], refused: [[220, 0, 0.28], [180, 0.3, 0.32]], kept: [[660, 0, 0.08]] };
let context = null;

export const isMuted = () => document.documentElement.dataset.sound === "off";

export function mute(isQuiet) {
  document.dispatchEvent(new CustomEvent("zz:choose", { detail: { name: "sound", value: isQuiet ? "off" : "on" } }));
}

export function play(name) {
  if (isMuted() || !TONES[name]) return;
  context ??= new AudioContext();
  if (context.state === "suspended") context.resume();
  for (const [pitch, after, length] of TONES[name]) {
    const tone = context.createOscillator();
    const loud = context.createGain();
    const from = context.currentTime + after;
    tone.type = name === "refused" ? "square" : "sine";
    tone.frequency.value = pitch;
    loud.gain.setValueAtTime(0.18, from);
    loud.gain.exponentialRampToValueAtTime(0.001, from + length);
    tone.connect(loud).connect(context.destination);
    tone.start(from);
    tone.stop(from + length);
  }
  if (name === "refused" && navigator.userActivation?.hasBeenActive) navigator.vibrate?.([120, 60, 120]);
}
