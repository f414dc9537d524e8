import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dealtAmong } from './subjects.ts'

const things = Array.from({ length: 16 }, (_, at) => `group#${at}`)
const someMembers = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 20 })

it('deals shares that differ by one at the most, whatever the order the members are named in', () => {
  fc.assert(
    fc.property(someMembers, (members) => {
      const owners = dealtAmong(members, things)
      expect(dealtAmong(members.toReversed(), things)).toEqual(owners)
      const counts = members.map((member) => owners.filter((owner) => owner === member).length)
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(things.length)
    }),
  )
})

it('moves little when one member comes', () => {
  const moves: number[] = []
  fc.assert(
    fc.property(fc.uniqueArray(fc.uuid(), { minLength: 5, maxLength: 5 }), (members) => {
      const before = dealtAmong(members.slice(1), things)
      const after = dealtAmong(members, things)
      moves.push(after.filter((owner, at) => owner !== before[at]).length)
    }),
    { numRuns: 300 },
  )
  // The newcomer takes three; dealing all anew would move thirteen.
  expect(moves.reduce((sum, count) => sum + count, 0) / moves.length).toBeLessThan(8)
})

it('deals nothing when nobody is there', () => {
  expect(dealtAmong([], ['a', 'b'])).toEqual([undefined, undefined])
})
