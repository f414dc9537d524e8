import { createHash } from 'node:crypto'
import { WerenodeError } from '@werenode/core'

/**
 * A cursor carries where a page ended and a mark of the query it belongs to: with another filter or sort it is refused, because
 * it would silently skip or repeat.
 */
export const queryMark = (...parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 12)

export const writeCursor = (mark: string, position: { id: string; keys: readonly (string | null)[] }): string =>
  Buffer.from(JSON.stringify([mark, position.id, ...position.keys])).toString('base64url')

/** Throws `invalid-input` for anything that `writeCursor` did not make for this very query. */
export const readCursor = (mark: string, sortKeys: number, cursor: string): { id: string; keys: (string | null)[] } => {
  const fail = (message: string): never => {
    throw new WerenodeError('invalid-input', message, { hint: 'Ask for the first page again, without a cursor.' })
  }
  let parsed: unknown
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return fail('The cursor cannot be read')
  }
  if (!Array.isArray(parsed) || parsed.some((part) => part !== null && typeof part !== 'string')) {
    return fail('The cursor cannot be read')
  }
  const [found, id, ...keys] = parsed as (string | null)[]
  if (found !== mark || typeof id !== 'string' || keys.length !== sortKeys) {
    return fail('The cursor belongs to another query')
  }
  for (const key of keys) {
    try {
      if (key !== null) JSON.parse(key)
    } catch {
      return fail('The cursor cannot be read')
    }
  }
  return { id, keys }
}
