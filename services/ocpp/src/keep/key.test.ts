import fc from 'fast-check'
import { expect, it } from 'vitest'
import { keyPart, subjectWord } from './key.ts'

it('ordinary ids stay as they are', () => {
  for (const id of ['CP-7', '42', 'a_b', 'T'.repeat(36)]) {
    expect(subjectWord(id)).toBe(id)
    expect(keyPart(id)).toBe(id)
  }
  expect(subjectWord('FR*1')).toBe('FR=2a1')
  expect(subjectWord('')).not.toBe(subjectWord('_'))
})

it('whatever a station calls a transaction, its subject has at most 200 signs that need no escaping, and is its own', () => {
  const word = fc.string({ unit: 'binary', maxLength: 80 })
  fc.assert(
    fc.property(word, word, (one, other) => {
      const subject = `transaction.${subjectWord(one)}.${subjectWord(other)}`
      expect(subject.length).toBeLessThanOrEqual(200)
      expect(subject).toMatch(/^transaction\.[A-Za-z0-9_=-]+\.[A-Za-z0-9_=-]+$/)
      if (one !== other) expect(subjectWord(one)).not.toBe(subjectWord(other))
    }),
    { numRuns: 2_000 },
  )
})
