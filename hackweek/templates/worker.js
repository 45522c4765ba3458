// Keeps one event's lessons on a reader's device. The build writes VERSION and FILES above: each
// address below this script's own, with the beginning of the SHA-256 of what stands there.
// https://www.w3.org/TR/service-workers/

const SCOPE = registration.scope;
const CACHE = `lessons: ${SCOPE}`;
const COPIED = `${SCOPE}?copied=${VERSION}`;
const PATIENCE = 3000; // milliseconds
const address = (path) => `${SCOPE}${path}?${FILES.get(path)}`;

addEventListener("install", (event) => event.waitUntil(keepAll()));
addEventListener("activate", (event) => event.waitUntil(forgetOthers()));
addEventListener("message", ({ data }) => { if (data === "show") skipWaiting(); });
addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || !url.href.startsWith(SCOPE)) return;
  const path = withoutIndex(url.pathname.slice(new URL(SCOPE).pathname.length));
  if (FILES.has(path)) event.respondWith(answer(event.request, path, url.search));
  else if (FILES.has(`${path}/`)) event.respondWith(withSlash(event.request, url));
  if (event.request.mode === "navigate") event.waitUntil(look().catch(() => {}));
});

function withoutIndex(path) {
  return path.replace(/(^|\/)index\.html$/, "$1");
}

// Everything or nothing: where one file cannot be had, the version before stays in use, and the
// next visit fetches what is missing. Who saves data goes without pictures.
async function keepAll() {
  const cache = await caches.open(CACHE);
  const paths = [...FILES.keys()].filter(
    (path) => !navigator.connection?.saveData || !path.startsWith("img/"));
  await Promise.all(paths.map((path) => keep(cache, path)));
  await stamp();
}

// The digest in the address is that of the build, so no cache on the way answers with an older
// file; a page of the host's own, such as one to sign in, does not have the digest.
async function keep(cache, path) {
  if (await cache.match(address(path))) return;
  const response = await fetch(address(path), { priority: "low" });
  const body = await response.arrayBuffer();
  const whole = response.ok && !response.redirected && response.type === "basic";
  if (!whole || await digest(body) !== FILES.get(path)) throw new Error(`not as built: ${path}`);
  const headers = { "Content-Type": response.headers.get("Content-Type") };
  await cache.put(address(path), new Response(body, { headers }));
}

async function digest(body) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return [...bytes.slice(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Another event has a cache of another name. The page of the first visit is taken over as well:
// its pictures further down are not loaded yet when the reader goes offline.
async function forgetOthers() {
  const cache = await caches.open(CACHE);
  const wanted = new Set([COPIED, ...[...FILES.keys()].map(address)]);
  for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url);
  await clients.claim();
}

// Notes the moment at which the copies were known to be what is published.
async function stamp() {
  const cache = await caches.open(CACHE);
  await cache.put(COPIED, new Response(new Date().toISOString()));
}

// A site that has no worker any more is rid of this one. Browsers ask for the script anew, but
// keep the old one where there is none: https://github.com/w3c/ServiceWorker/issues/204
async function look() {
  const response = await fetch(location.href, { cache: "no-cache" });
  if ([404, 410].includes(response.status)) {
    await caches.delete(CACHE);
    await registration.unregister();
  } else if (response.ok && (await response.text()).includes(VERSION)) await stamp();
}

// What names its digest is what it was. All else comes from the network as long as there is one:
// a page can hold the address of a hub that has moved.
async function answer(request, path, mark) {
  const copy = await kept(address(path));
  if (copy && mark === `?${FILES.get(path)}`) return copy;
  const network = fetch(request);
  if (!copy) return network;
  const late = new Promise((done) => setTimeout(done, PATIENCE));
  const response = await Promise.race([network, late]).catch(() => {});
  if (response && response.status < 500) return response;
  return request.mode === "navigate" ? withNote(copy) : copy;
}

// Where storage fails a page comes from the network, as without a worker.
async function kept(stored) {
  try {
    return await caches.match(stored, { cacheName: CACHE });
  } catch {
    return undefined;
  }
}

async function withNote(copy) {
  const copied = await (await kept(COPIED))?.text();
  const day = copied && new Date(copied).toLocaleDateString("en-GB", { dateStyle: "long" });
  const note = `<aside class="notice md-grid" aria-label="Without a network"><p>The network does
    not answer: this is a copy${day ? ` from ${day}` : ""}. Hub addresses can have changed since.
    </p></aside>`;
  const page = (await copy.text()).replace("<main", `${note}<main`);
  return new Response(page, { headers: copy.headers });
}

// A page's address without its last slash, which a server would send on.
async function withSlash(request, url) {
  url.pathname += "/";
  return fetch(request).catch(() => Response.redirect(url));
}
