import { WerenodeError } from '@werenode/core'

/** Nearly every name is so, and every event asks thrice. */
const isPrintable = (name: string): boolean => /^[\x20-\x7e]+$/.test(name)

/** Subjects, types, groups and event ids: text that can stand in a store's key and in a log line. Throws `invalid-input`. */
export const checkName = (name: unknown, what: string, maxLength = 256): string => {
  if (
    typeof name !== 'string' ||
    name.length > maxLength ||
    !(isPrintable(name) || (name !== '' && name.isWellFormed() && !/\p{Cc}/u.test(name)))
  ) {
    throw new WerenodeError('invalid-input', `${what} ${JSON.stringify(name)} is not a name`, {
      hint: `A name is 1 to ${maxLength} characters of text without control characters.`,
    })
  }
  return name
}

export type Matches = (name: string) => boolean

const matcherOf = (pattern: string): Matches => {
  const parts = pattern.split('.')
  const rest = parts.indexOf('>')
  if (rest !== -1 && rest !== parts.length - 1) {
    throw new WerenodeError(
      'invalid-input',
      `Pattern ${pattern}: > stands for the rest, so it can only be the last part`,
    )
  }
  if (rest === -1 && !parts.includes('*')) return (name) => name === pattern
  return (name) => {
    const given = name.split('.')
    // Like NATS: > stands for one part at least.
    if (rest === -1 ? given.length !== parts.length : given.length < parts.length) return false
    return parts.every((part, i) => part === '*' || part === '>' || part === given[i])
  }
}

/** True when the pattern is a plain name, without `*` or `>`. */
export const isLiteral = (pattern: string): boolean => !/(^|\.)[*>](\.|$)/.test(pattern)

/** A subject that is one subject. Throws `invalid-input` for a pattern. */
export const checkSubject = (subject: unknown): string => {
  const name = checkName(subject, 'Subject')
  if (isLiteral(name)) return name
  throw new WerenodeError('invalid-input', `Subject ${name} is a pattern`, {
    hint: 'Name one subject, without * or > as a part.',
  })
}

/** Whether a dotted name fits any of the patterns; `*` is one part, `>` the rest (one part or more). */
export const matchAny = (patterns: readonly string[]): Matches => {
  if (patterns.length === 0) {
    throw new WerenodeError('invalid-input', 'No type is named', { hint: "Use '>' for all." })
  }
  const literals = new Set(patterns.filter((pattern) => isLiteral(checkName(pattern, 'Pattern'))))
  const others = patterns.filter((pattern) => !isLiteral(pattern)).map(matcherOf)
  return (name) => literals.has(name) || others.some((matches) => matches(name))
}
