import { WerenodeError } from '@werenode/core'

/** Checks a `/`-separated key. Throws `invalid-input` for whatever could mean another place than it says. */
export const checkKey = (key: unknown): string => {
  const parts = typeof key === 'string' ? key.split('/') : []
  const bad = (part: string): boolean =>
    part === '' || part === '.' || part === '..' || part.length > 80 || /[\p{Cc}\\]/u.test(part) || !part.isWellFormed()
  if (parts.length === 0 || parts.length > 16 || parts.some(bad)) {
    throw new WerenodeError('invalid-input', `${JSON.stringify(key)} is not a blob key`, {
      hint: 'A key is 1 to 16 names of at most 80 characters joined by /, without . or .. or control characters.',
    })
  }
  return key as string
}

/** A name as a file name: everything but letters, digits, _ and - is percent-encoded, so that no name can mean a path. */
const encodeName = (name: string): string =>
  [...new TextEncoder().encode(name)]
    .map((byte) => {
      const char = String.fromCharCode(byte)
      return /[A-Za-z0-9_-]/.test(char) ? char : `%${byte.toString(16).padStart(2, '0')}`
    })
    .join('')

/** The dot cannot come from a name, so a key may be both a file (`a`) and a folder (`a/b`). */
const SUFFIX = '.blob'

export const fileOfKey = (key: string): string[] => {
  const names = checkKey(key).split('/').map(encodeName)
  return [...names.slice(0, -1), `${names.at(-1)}${SUFFIX}`]
}

/** The key of a file, undefined for a file that is none of ours (an unfinished upload). */
export const keyOfFile = (path: readonly string[]): string | undefined => {
  const last = path.at(-1)
  if (last === undefined || !last.endsWith(SUFFIX)) return undefined
  try {
    return [...path.slice(0, -1), last.slice(0, -SUFFIX.length)].map(decodeURIComponent).join('/')
  } catch {
    return undefined
  }
}
