/** Runs once in the browser: from then on the portal stands without network, with the last data. */
const register = async (): Promise<void> => {
  await navigator.serviceWorker.register('/offline.js')
  const { active } = await navigator.serviceWorker.ready
  const files = performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && /^\/(fr\/)?(assets|brand)\//.test(pathname))
    .map(({ pathname }) => pathname)
  active?.postMessage({ files: [...new Set(files)] })
}

/** What the page itself still loads and draws comes first: the base map alone is three megabytes to keep. */
const afterMs = 3_000

// A browser without it, or one that forbids it: the portal works, with network.
if (typeof window !== 'undefined' && 'serviceWorker' in navigator && process.env.NODE_ENV === 'production')
  addEventListener('load', () => setTimeout(() => void register().catch(() => undefined), afterMs))
