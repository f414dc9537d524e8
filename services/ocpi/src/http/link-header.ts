/** RFC 8288: the address of the `next` page; undefined for an empty or unreadable header. */
export const nextLink = (header: string | null | undefined): string | undefined => {
  for (const part of (header ?? '').split(/,\s*(?=<)/)) {
    const match = /^\s*<([^>]*)>\s*;(.*)$/.exec(part)
    if (match !== null && /(^|;)\s*rel\s*=\s*"?([^";]*\s)?next(\s[^";]*)?"?\s*(;|$)/i.test(match[2]!))
      return match[1]!.trim()
  }
  return undefined
}

/**
 * Whether a `next` link can be believed: same place, http(s), and further on than where we are. Partners are seen that send
 * another host, http for https, or the text of a programming error.
 */
export const usableNext = (link: string | undefined, current: URL, offset: number): URL | undefined => {
  if (link === undefined || link === '' || !URL.canParse(link, current.href)) return undefined
  const next = new URL(link, current)
  if (next.protocol !== 'http:' && next.protocol !== 'https:') return undefined
  if (next.hostname !== current.hostname) return undefined
  if (withoutSlash(next.pathname) !== withoutSlash(current.pathname)) return undefined
  const further = Number(next.searchParams.get('offset'))
  if (!next.searchParams.has('offset') || !Number.isInteger(further) || further <= offset) return undefined
  // Behind a proxy many write http though they are reached by https: we stay where we were let in.
  next.protocol = current.protocol
  next.host = current.host
  return next
}

const withoutSlash = (path: string): string => path.replace(/\/+$/, '')
