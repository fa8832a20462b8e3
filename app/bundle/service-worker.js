// Shows /offline when a page cannot be fetched. Nothing else is kept or changed.
const CACHE = "offline VERSION";
const PAGE = "/offline";

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(start().then(() => self.clients.claim())));

// Without the cookie, so that the kept page names nobody.
async function keep() {
  const response = await fetch(PAGE, { credentials: "omit", cache: "no-store" });
  if (!response.ok) throw new Error(`${PAGE}: ${response.status}`);
  await (await caches.open(CACHE)).put(PAGE, response);
}

async function start() {
  const old = (await caches.keys()).filter((name) => name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  // The request leaves at once, not only when this worker has started.
  await self.registration.navigationPreload?.enable();
}

// Only GET: sent on from here, a form of another site would look like one of this site.
self.addEventListener("fetch", (event) => {
  if (event.request.mode === "navigate" && event.request.method === "GET") event.respondWith(page(event));
});

async function page(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return (await caches.match(PAGE)) ?? Response.error();
  }
}
