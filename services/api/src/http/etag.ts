import { createHash } from 'node:crypto'

/** Weak: two answers with this tag mean the same. */
export const etagOf = (text: string | Uint8Array): string =>
  `W/"${createHash('sha1').update(text).digest('base64url')}"`

/** RFC 9110 §13.1.2: weak comparison, `*` matches anything there is. */
export const matchesEtag = (ifNoneMatch: string | undefined, etag: string): boolean => {
  if (ifNoneMatch === undefined) return false
  if (ifNoneMatch.trim() === '*') return true
  const bare = (tag: string) => tag.trim().replace(/^W\//, '')
  return ifNoneMatch.split(',').some((tag) => bare(tag) === bare(etag))
}
