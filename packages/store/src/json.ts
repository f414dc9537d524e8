import { WerenodeError } from '@werenode/core'

const MAX_DEPTH = 100
/** 16 MiB, MongoDB's own bound for one document. */
const MAX_CHARS = 16 * 1024 * 1024

const refuse = (what: string, where: string, path: string): never => {
  throw new WerenodeError('invalid-input', `${where}: ${what} at ${path || 'its root'} is not plain JSON`, {
    hint: 'Store strings, finite numbers, booleans, null, arrays and plain objects; money as decimal strings, times as ISO strings.',
  })
}

const check = (value: unknown, where: string, path: string, depth: number): void => {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return
    case 'number':
      if (!Number.isFinite(value)) refuse(String(value), where, path)
      return
    case 'object': {
      if (value === null) return
      if (depth > MAX_DEPTH) refuse(`nesting deeper than ${MAX_DEPTH}`, where, path.slice(0, 60))
      if (Array.isArray(value)) {
        for (let i = 0; i < value.length; i++) check(value[i], where, `${path}[${i}]`, depth + 1)
        return
      }
      const prototype = Object.getPrototypeOf(value)
      if (prototype !== Object.prototype && prototype !== null) {
        refuse(`a ${value.constructor?.name ?? 'class instance'}`, where, path)
      }
      for (const key in value) {
        const inner = (value as Record<string, unknown>)[key]
        // An absent optional property: JSON leaves it out, and so does the type.
        if (inner !== undefined) check(inner, where, path === '' ? key : `${path}.${key}`, depth + 1)
      }
      return
    }
    default:
      refuse(typeof value, where, path)
  }
}

/**
 * JSON text of a value that loses nothing on the way: what JSON.stringify would bend (NaN to null, a Date to a string, a bigint to
 * an exception, a Map to {}) is refused with `invalid-input` instead. Over 16 Mi characters: `too-large`.
 */
export const plainJson = (value: unknown, where: string): string => {
  check(value, where, '', 0)
  const text = JSON.stringify(value)
  if (text.length > MAX_CHARS) {
    throw new WerenodeError('too-large', `${where}: ${text.length} characters are more than a document may have`, {
      hint: `The most is ${MAX_CHARS}; put large things into the blob store.`,
    })
  }
  return text
}
