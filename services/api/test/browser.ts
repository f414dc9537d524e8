import type { Api } from '../src/api.ts'
import { origin } from './world.ts'

interface Cookie {
  readonly value: string
  readonly path: string
}
export interface Seen {
  readonly status: number
  readonly url: string
  readonly body: string
  readonly headers: Readonly<Record<string, unknown>>
}

/** A browser without JavaScript: keeps cookies by path, follows redirects within the node, submits forms of the page it sees. */
export const createBrowser = (api: Api, { at = origin, language = 'en' } = {}) => {
  const cookies = new Map<string, Cookie>()
  let page: Seen | undefined

  const ask = async (method: 'GET' | 'POST', url: string, form?: Record<string, string>): Promise<Seen> => {
    const { pathname, search, origin: to } = new URL(url, at)
    if (to !== at) return { status: 0, url, body: '', headers: {} }
    const held = [...cookies].filter(
      ([, { path }]) => pathname === path || pathname.startsWith(path === '/' ? '/' : `${path}/`),
    )
    const answer = await api.inject({
      method,
      url: pathname + search,
      headers: {
        'accept-language': language,
        accept: 'text/html',
        ...(method === 'POST' ? { 'sec-fetch-site': 'same-origin' } : {}),
        ...(held.length > 0 ? { cookie: held.map(([name, { value }]) => `${name}=${value}`).join('; ') } : {}),
        ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      ...(form ? { payload: new URLSearchParams(form).toString() } : {}),
    })
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [pair, ...rest] = String(line).split('; ')
      const [name, value] = [pair!.slice(0, pair!.indexOf('=')), pair!.slice(pair!.indexOf('=') + 1)]
      const path = rest.find((one) => one.toLowerCase().startsWith('path='))?.slice(5) ?? '/'
      const over = value === '' || rest.some((one) => /^expires=/i.test(one) && Date.parse(one.slice(8)) < Date.now())
      if (over) cookies.delete(name)
      else cookies.set(name, { value, path })
    }
    const location = answer.headers.location
    if (answer.statusCode >= 300 && answer.statusCode < 400 && typeof location === 'string')
      return ask('GET', new URL(location, new URL(url, at)).href)
    page = { status: answer.statusCode, url: new URL(url, at).href, body: answer.body, headers: answer.headers }
    return page
  }

  return {
    cookies,
    page: () => page!,
    go: (url: string) => ask('GET', url),
    /** Submits the form whose action ends so, with its hidden fields and these. */
    submit: (actionEnds: string, fields: Record<string, string> = {}) => {
      const form = [...page!.body.matchAll(/<form[^>]*action="([^"]+)"[^>]*>([\s\S]*?)<\/form>/g)].find(([, action]) =>
        action!.endsWith(actionEnds),
      )
      if (!form) throw new Error(`no form ${actionEnds} on ${page!.url}: ${page!.body.slice(0, 2_000)}`)
      const hidden = Object.fromEntries(
        [...form[2]!.matchAll(/<input type="hidden" name="(\w+)"(?: value="([^"]*)")?/g)].map(([, name, value]) => [
          name!,
          value ?? '',
        ]),
      )
      return ask('POST', form[1]!, { ...hidden, ...fields })
    },
    post: (url: string, form: Record<string, string>) => ask('POST', url, form),
  }
}
export type Browser = ReturnType<typeof createBrowser>
