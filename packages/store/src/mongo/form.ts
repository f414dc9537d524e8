import type { Document } from 'mongodb'

/**
 * How a JSON document lies in MongoDB: as itself, so that it reads well in a shell, with three exceptions that keep the port's
 * language exact. Arrays outside of arrays are `{ '[]': [...] }`, because MongoDB's paths walk into arrays and the port's do not;
 * names that BSON or a path would bend are written in hexadecimal after `%`; what is nested very deeply, or is no well-formed text,
 * is kept as JSON text under `~`. No path can name any of these (see path.ts), so a query never meets them.
 */
const ARRAY = '[]'
const TEXT = '~'
/** Below this depth no path reaches (path.ts), and BSON has a limit of its own. */
const MOST_DEPTH = 24

/** What the adapter adds to a document for its indexes, never part of what it gives back. */
export const derived = ['%geo', '%at', '%words', '%checks'] as const
export const withoutDerived: Document = Object.fromEntries(derived.map((name) => [name, 0]))
const isDerived = new Set<string>(derived)

const nameOf = (key: string): string =>
  key === '' || key === ARRAY || key === TEXT || key === '__proto__' || /^[$%]|[.\0]/.test(key) || !key.isWellFormed()
    ? `%${Buffer.from(key, 'utf16le').toString('hex')}`
    : key
const keyOf = (name: string): string =>
  name.startsWith('%') ? Buffer.from(name.slice(1), 'hex').toString('utf16le') : name

const encode = (value: unknown, depth: number, inArray: boolean): unknown => {
  if (typeof value === 'string') return value.isWellFormed() ? value : { [TEXT]: JSON.stringify(value) }
  if (typeof value === 'number') return value === 0 ? 0 : value
  if (typeof value !== 'object' || value === null) return value
  if (depth > MOST_DEPTH) return { [TEXT]: JSON.stringify(value) }
  if (Array.isArray(value)) {
    const items = value.map((item) => encode(item, depth + 1, true))
    return inArray ? items : { [ARRAY]: items }
  }
  const made: Document = {}
  for (const [key, inner] of Object.entries(value)) made[nameOf(key)] = encode(inner, depth + 1, inArray)
  return made
}

const decode = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(decode)
  if (ARRAY in value) return (value[ARRAY] as unknown[]).map(decode)
  if (TEXT in value) return JSON.parse(String(value[TEXT]))
  return decodeFields(value as Document, () => false)
}

const decodeFields = (fields: Document, skip: (name: string) => boolean): Record<string, unknown> => {
  const made: Record<string, unknown> = {}
  for (const [name, inner] of Object.entries(fields)) {
    if (skip(name)) continue
    const key = keyOf(name)
    const value = decode(inner)
    if (key === '__proto__')
      Object.defineProperty(made, key, { value, enumerable: true, writable: true, configurable: true })
    else made[key] = value
  }
  return made
}

/** The fields of a document, from its JSON text. */
export const encodeFields = (json: string): Document => {
  const { _id, ...fields } = JSON.parse(json) as Record<string, unknown>
  return encode(fields, 0, false) as Document
}
export const decodeDoc = <T>(stored: Document): T => decodeFields(stored, (name) => isDerived.has(name)) as T

export const encodeValue = (value: unknown): unknown => encode(value, 1, false)
export const decodeValue = (value: unknown): unknown => decode(value)

/** The stored value at a path; undefined when it is missing. */
export const storedAt = (stored: Document, path: string): unknown => {
  let value: unknown = stored
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Document)[name]
  }
  return value
}
