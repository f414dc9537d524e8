import { isLiteral } from '../names.ts'

/**
 * Names of the house as NATS subjects. A part keeps letters, digits, `_` and `-`; anything else (a station's id may hold dots,
 * stars and blanks) is written as `=` and two hexadecimal digits a byte.
 */
const token = (part: string): string =>
  part === ''
    ? '='
    : part.replace(/[^A-Za-z0-9_-]/gu, (c) =>
        Buffer.from(c).reduce((text, byte) => `${text}=${byte.toString(16).padStart(2, '0')}`, ''),
      )

const pattern = (name: string): string =>
  name
    .split('.')
    .map((part) => (part === '*' || part === '>' ? part : token(part)))
    .join('.')

/**
 * Events are dealt by their subject into this many partitions; processes share the partitions of a group among them. Part of the
 * stream's subjects, so it cannot be changed on a stream that holds events.
 */
export const PARTITIONS = 16

/** FNV-1a: the same in every process and every version. */
const hash = (text: string): number => {
  let sum = 0x811c9dc5
  for (const byte of Buffer.from(text)) sum = Math.imul(sum ^ byte, 0x01000193) >>> 0
  return sum
}
export const partitionOf = (subject: string): number => hash(subject) % PARTITIONS

/** Spreads what is alike over all 32 bits, which FNV-1a alone does not for its last bytes. */
const spread = (sum: number): number => {
  const once = Math.imul(sum ^ (sum >>> 16), 0x85ebca6b)
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35)
  return (twice ^ (twice >>> 16)) >>> 0
}

/**
 * Whose each thing is: of the members who have not their fill yet, the one of the greatest weight. Shares differ by one at the
 * most, so nobody goes without while there are as many things as members, and when one comes or goes little else moves.
 */
export const dealtAmong = (members: readonly string[], things: readonly string[]): readonly (string | undefined)[] => {
  const fill = Math.ceil(things.length / members.length)
  const counts = new Map(members.map((member) => [member, 0]))
  const even = Math.floor(things.length / members.length)
  let extra = things.length - even * members.length
  return things.map((thing) => {
    let best: string | undefined
    let bestWeight = -1
    for (const member of members) {
      const count = counts.get(member)!
      if (count >= fill || (count === even && extra === 0)) continue
      const weight = spread(hash(`${member} ${thing}`))
      if (weight < bestWeight || (weight === bestWeight && best !== undefined && member > best)) continue
      best = member
      bestWeight = weight
    }
    if (best === undefined) return undefined
    if (counts.get(best) === even) extra -= 1
    counts.set(best, counts.get(best)! + 1)
    return best
  })
}

export interface Subjects {
  readonly stream: string
  readonly events: string
  event(subject: string, type: string): string
  /** What of the stream to read; as narrow as one filter can be. */
  filter(query: { partition?: number; subject?: string; types?: readonly string[] }): string
  request(subject: string): string
  serve(pattern: string): string
}

/** `prefix` keeps houses that share a NATS apart. */
export const createSubjects = (prefix: string): Subjects => ({
  stream: `${prefix.replace(/[^A-Za-z0-9_-]/g, '_')}_events`,
  events: `${prefix}.ev.>`,
  event: (subject, type) => `${prefix}.ev.${partitionOf(subject)}.${token(subject)}.${pattern(type)}`,
  filter: ({ partition, subject, types }) => {
    const at = subject === undefined ? (partition ?? '*') : partitionOf(subject)
    // One filter only (NATS 2.9): with several types the reader drops the others.
    const type = types?.length === 1 && isLiteral(types[0]!) ? pattern(types[0]!) : '>'
    return `${prefix}.ev.${at}.${subject === undefined ? '*' : token(subject)}.${type}`
  },
  request: (subject) => `${prefix}.rq.${subject.split('.').map(token).join('.')}`,
  serve: (name) => `${prefix}.rq.${pattern(name)}`,
})
