import { WerenodeError } from '@werenode/core'

const PATH = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){0,15}$/

/**
 * A dotted path into a document, e.g. `location.lat`. Letters, digits, `_` and `-` only: a path can therefore stand in a query text
 * without any escaping. Throws `invalid-input`.
 */
export const parsePath = (path: unknown, where: string): string => {
  if (typeof path !== 'string' || path.length > 200 || !PATH.test(path)) {
    throw new WerenodeError('invalid-input', `${where}: ${JSON.stringify(path)} is not a path`, {
      hint: 'A path is made of names of letters, digits, _ and -, joined by dots (at most 16 of them).',
    })
  }
  return path
}
