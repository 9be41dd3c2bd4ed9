// Shows what the plant pushes to this browser, and opens its page when it is clicked. Runs while no page is open.
self.addEventListener("push", (event) => {
  const said = event.data ? event.data.json() : { title: "Zhizao" };
  event.waitUntil(self.registration.showNotification(said.title, {
    body: said.body, tag: said.tag, data: { url: said.url }, requireInteraction: true,
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(event.notification.data?.url || "/", self.location.origin);
  if (url.origin === self.location.origin) event.waitUntil(show(url.href));
});

async function show(url) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = pages.find((page) => page.url === url);
  return open ? open.focus() : self.clients.openWindow(url);
}
