import { createHash } from 'node:crypto'
import { subjectPart } from '@werenode/core'

/** Needs no escaping; nearly every id is so, and every reading asks. */
const plain = /^[A-Za-z0-9_-]{1,64}$/

/**
 * A station's own word as part of a key. Words the standard knows stay as they are; longer ones and unprintable ones, which only
 * broken or hostile stations send, are cut and told apart by a digest, so that every store can hold them.
 */
export const keyPart = (word: string): string =>
  plain.test(word) || (word.length <= 200 && word.isWellFormed() && !/\p{Cc}/u.test(word))
    ? word
    : `${word.slice(0, 100).replaceAll(/[^\x20-\x7e]/g, '?')}~${createHash('sha256').update(word).digest('hex')}`

/** The same for one part of a bus subject, which is shorter and has fewer letters. */
export const subjectWord = (word: string): string => {
  if (plain.test(word)) return word
  // No escape is so short.
  if (word === '') return '='
  // Escaping may triple a letter, or take twelve signs for one; two such words and what is around them must fit into a subject.
  const escaped = word.length <= 64 && word.isWellFormed() ? subjectPart(word) : undefined
  return escaped !== undefined && escaped.length <= 90 ? escaped : createHash('sha256').update(word).digest('hex')
}
