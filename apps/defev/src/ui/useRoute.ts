import { useSyncExternalStore } from 'react'

export interface Route {
  readonly page: string
  readonly rest: string
}

const listen = (tell: () => void): (() => void) => {
  window.addEventListener('hashchange', tell)
  return () => window.removeEventListener('hashchange', tell)
}

/** Pages live behind the `#`: the app needs no server that knows its paths, and works below any of them. */
export const useRoute = (): Route => {
  const hash = useSyncExternalStore(listen, () => location.hash)
  const [page = '', rest = ''] = hash.replace(/^#\/?/, '').split(/\/(.*)/s)
  return { page, rest: decodeURIComponent(rest) }
}

export const linkTo = (page: string, rest?: string): string =>
  `#/${page}${rest === undefined ? '' : `/${encodeURIComponent(rest)}`}`
