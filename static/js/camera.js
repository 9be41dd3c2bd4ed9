// Reads one code with the camera: the reader and its wasm are served by the plant itself, never from outside.
const STEP = 180;
const FORMATS = ["qr_code", "data_matrix", "code_128", "code_39", "ean_13"];
let detector = null;

async function reader() {
  const { barcode, wasm } = document.body.dataset;
  const { BarcodeDetector, prepareZXingModule } = await import(new URL(barcode, location.href).href);
  prepareZXingModule({ overrides: { locateFile: (path, prefix) => (path.endsWith(".wasm") ? new URL(wasm, location.href).href : prefix + path) } });
  return new BarcodeDetector({ formats: FORMATS });
}

function stop(video) {
  video.srcObject?.getTracks().forEach((track) => track.stop());
  video.srcObject = null;
  video.hidden = true;
}

// The first code seen, or nothing when the video was tapped away.
export async function look(video) {
  detector ??= await reader();
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  video.hidden = false;
  video.addEventListener("click", () => stop(video), { once: true });
  await video.play();
  while (video.srcObject) {
    const [found] = await detector.detect(video);
    if (found) {
      stop(video);
      return found.rawValue;
    }
    await new Promise((next) => setTimeout(next, STEP));
  }
  return "";
}
