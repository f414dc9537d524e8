/**
 * What of the portal stands without network: pages seen before, their code, the base map, and the last public data of the map. Nothing
 * that belongs to a person is kept: requests with a login pass by.
 */
const version = '1'
const pages = `werenode-pages-${version}`
const files = `werenode-files-${version}`
const data = `werenode-data-${version}`
const archive = '/map/europe.pmtiles'
const known = ['/', '/map', '/fr/', '/fr/map']
const mostData = 400
/** A network that is slower than this is none for a page that is known. */
const patienceMs = 6_000

self.addEventListener('install', (event) => {
  const keep = async () => {
    const [kept, pagesKept] = await Promise.all([caches.open(files), caches.open(pages)])
    // Each by itself: one that is missing (a single language) holds back none.
    await Promise.allSettled([
      ...[archive, '/map/maplibre-gl-worker.mjs', '/map/maplibre-gl-shared.mjs'].map((path) => kept.add(path)),
      ...known.map((path) => pagesKept.add(path)),
    ])
    await self.skipWaiting()
  }
  event.waitUntil(keep())
})

self.addEventListener('activate', (event) => {
  const tidy = async () => {
    const mine = new Set([pages, files, data])
    for (const name of await caches.keys())
      if (name.startsWith('werenode-') && !mine.has(name)) await caches.delete(name)
    await self.clients.claim()
  }
  event.waitUntil(tidy())
})

/** The page tells which files it was made of: they came before this worker was there. */
self.addEventListener('message', (event) => {
  const keep = async () => {
    const kept = await caches.open(files)
    for (const path of event.data?.files ?? [])
      if (!(await kept.match(path))) await kept.add(path).catch(() => undefined)
  }
  event.waitUntil(keep())
})

/** Named by their content: what was kept never changes. */
const isFile = (path) => /^\/(fr\/)?assets\//.test(path)
/** Kept under their names: answered at once, and looked at again behind. */
const isNamedFile = (path) => /^\/(map|brand)\//.test(path)
const isPublicData = (path) => /^\/v1\/(locations|tiles|evses|network)(\/|$)/.test(path) && !path.endsWith('/live')

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (pathname === archive && request.headers.has('range')) return event.respondWith(partOfArchive(request))
  if (isNamedFile(pathname)) return event.respondWith(keptThenFresh(event))
  if (isFile(pathname)) return event.respondWith(keptFirst(request))
  if (request.mode === 'navigate' && !/^\/(v1|auth|graphql|ocpi|app|member|callback)(\/|$)/.test(pathname))
    return event.respondWith(page(request, pathname))
  if (isPublicData(pathname) && !request.headers.has('authorization')) event.respondWith(freshFirst(request))
})

const keptFirst = async (request) => {
  const kept = await caches.open(files)
  const known = await kept.match(request)
  if (known) return known
  const answer = await fetch(request)
  if (answer.status === 200) await kept.put(request, answer.clone())
  return answer
}

const keptThenFresh = async (event) => {
  const kept = await caches.open(files)
  const known = await kept.match(event.request)
  const fresh = fetch(event.request, { cache: 'no-cache' }).then(async (answer) => {
    if (answer.status === 200) await kept.put(event.request, answer.clone())
    return answer
  })
  if (!known) return fresh
  event.waitUntil(fresh.catch(() => undefined))
  return known
}

const page = async (request, path) => {
  const kept = await caches.open(pages)
  const fromHere = () => kept.match(path).then((one) => one ?? kept.match(path.startsWith('/fr/') ? '/fr/map' : '/map'))
  const asked = fetch(request).then(async (answer) => {
    if (answer.status === 200 && !answer.redirected) await kept.put(path, answer.clone())
    return answer
  })
  const late = new Promise((resolve) => setTimeout(() => resolve(undefined), patienceMs))
  try {
    return (await Promise.race([asked, late])) ?? (await kept.match(path)) ?? (await asked)
  } catch (error) {
    const known = await fromHere()
    if (known) return known
    throw error
  }
}

const freshFirst = async (request) => {
  const kept = await caches.open(data)
  try {
    const answer = await fetch(request)
    if (answer.status === 200) {
      await kept.put(request, answer.clone())
      const all = await kept.keys()
      if (all.length > mostData) await Promise.all(all.slice(0, all.length - mostData).map((one) => kept.delete(one)))
    }
    return answer
  } catch (error) {
    // Places are the map's own to keep, which says of when they are; tiles and single plugs come from here.
    const known = /^\/v1\/locations$/.test(new URL(request.url).pathname) ? undefined : await kept.match(request)
    if (known) return known
    throw error
  }
}

/** The base map is one file that is read by parts (RFC 9110 §14). */
const partOfArchive = async (request) => {
  const whole = await (await caches.open(files)).match(archive)
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.get('range') ?? '')
  if (!whole || !range) return whole ?? fetch(request)
  const bytes = await whole.blob()
  const [from, to] = [Number(range[1]), Math.min(Number(range[2]), bytes.size - 1)]
  return new Response(bytes.slice(from, to + 1), {
    status: 206,
    headers: {
      'content-range': `bytes ${from}-${to}/${bytes.size}`,
      'content-length': String(to - from + 1),
      'content-type': 'application/octet-stream',
    },
  })
}
