// The camera as a scanner on any page: the code that it sees goes where a scanned code goes.
export function wake(button) {
  if (button.zzLook) return;
  button.zzLook = true;
  const video = button.closest("form").querySelector("[data-look-video]");
  button.hidden = !(window.isSecureContext && navigator.mediaDevices?.getUserMedia);
  button.addEventListener("click", async () => {
    const { look } = await import("./camera.js");
    const code = await look(video);
    if (code) location.assign(`/search/?q=${encodeURIComponent(code)}`);
  });
}
