// Keeps the app itself on the device, so that it opens without network; what the node says is never kept here.
const kept = 'werenode-mobile-1'
const scope = new URL(self.registration.scope).pathname

self.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(kept)
      const page = await fetch(scope, { cache: 'no-cache' })
      await cache.put(scope, page.clone())
      const text = await page.text()
      const parts = [...text.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css|svg|png))"/g)].map((match) => match[1])
      await Promise.all(
        [...parts, `${scope}map/maplibre-gl-worker.mjs`, `${scope}map/maplibre-gl-shared.mjs`].map((path) =>
          cache.add(path).catch(() => undefined),
        ),
      )
      await self.skipWaiting()
    })(),
  )
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys())
        if (name.startsWith('werenode-mobile-') && name !== kept) await caches.delete(name)
      await self.clients.claim()
    })(),
  )
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin || !url.pathname.startsWith(scope)) return
  if (request.mode === 'navigate') {
    event.respondWith(
      (async () => {
        const cache = await caches.open(kept)
        try {
          const fresh = await fetch(request)
          if (fresh.ok) await cache.put(scope, fresh.clone())
          return fresh
        } catch {
          return (await cache.match(scope)) ?? Response.error()
        }
      })(),
    )
    return
  }
  // Parts of the base map are asked for by range; the map has a cache of its own.
  if (request.headers.has('range')) return
  event.respondWith(
    (async () => {
      const cache = await caches.open(kept)
      const known = await cache.match(request)
      // Names with a hash never change; others are asked for anew and kept for when nobody answers.
      if (known && /\.[0-9a-f]{32}\.|-[0-9a-f]{32}\.|map\//.test(url.pathname)) return known
      try {
        const fresh = await fetch(request)
        if (fresh.ok && fresh.status === 200) await cache.put(request, fresh.clone())
        return fresh
      } catch {
        return known ?? Response.error()
      }
    })(),
  )
})

// What the node pushes of a charge (RFC 8030). Its ids are the app's own, so that nothing stands there twice.
self.addEventListener('push', (event) => {
  event.waitUntil(
    (async () => {
      let told
      try {
        told = event.data.json()
      } catch {
        // Not the node's form. A browser that woke this worker wants something shown.
        told = {}
      }
      const { title = 'Werenode', body = '', kind = 'news', sessionId = '' } = told
      if (kind === 'stopped' || kind === 'refund')
        for (const running of await self.registration.getNotifications({ tag: sessionId })) running.close()
      await self.registration.showNotification(title, {
        body,
        tag: kind === 'started' ? sessionId : `${sessionId} ${kind}`,
        data: { path: sessionId === '' ? 'account/notices' : `charge/${sessionId}` },
      })
    })(),
  )
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(
    (async () => {
      const path = event.notification.data?.path ?? 'charges'
      const pages = await self.clients.matchAll({ type: 'window' })
      const open = pages.find(({ url }) => new URL(url).pathname.startsWith(scope))
      if (!open) return self.clients.openWindow(`${scope}${path}`)
      open.postMessage({ open: path })
      return open.focus()
    })(),
  )
})
