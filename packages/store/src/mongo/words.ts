import type { Document } from 'mongodb'
import { searchWords } from '../ask.ts'
import { storedAt } from './form.ts'

/** Without case and accents, as the words of a search are. */
const plain = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

export const wordsOf = (stored: Document, paths: readonly string[]): string[] => {
  const words = new Set<string>()
  for (const path of paths) {
    const text = storedAt(stored, path)
    if (typeof text !== 'string') continue
    for (const word of text.split(/[^\p{L}\p{N}\p{M}]+/u)) if (/[\p{L}\p{N}]/u.test(word)) words.add(plain(word))
  }
  return [...words]
}

/** Each word must begin one of the document's; undefined when there is nothing to search for. */
export const wordsQuery = (words: readonly string[]): Document | undefined => {
  const wanted = words.map(plain).filter((word) => word !== '')
  if (wanted.length === 0) return undefined
  return {
    $and: wanted.map((word) => ({ '%words': { $elemMatch: { $gte: word, $lt: `${word}\u{10ffff}` } } })),
  }
}

/** Whole words before beginnings, short entries before long ones. */
export const byMatch = (words: readonly string[]): ((a: Document, b: Document) => number) => {
  const wanted = words.map(plain)
  const whole = (stored: Document): number =>
    wanted.filter((word) => (stored['%words'] as string[]).includes(word)).length
  const length = (stored: Document): number => (stored['%words'] as string[]).length
  return (a, b) => whole(b) - whole(a) || length(a) - length(b) || (String(a._id) < String(b._id) ? -1 : 1)
}

export { searchWords }
