import fc from 'fast-check'
import { expect, it } from 'vitest'
import { covers, matches, overlaps } from './topics.ts'

it.each([
  ['a/+', 'a/b', true],
  ['a/+', 'a', false],
  ['a/+', 'a/b/c', false],
  ['a/#', 'a', true],
  ['a/#', 'a/b/c', true],
  ['#', '$SYS/x', false],
  ['+/x', '$SYS/x', false],
  ['/a', 'a', false],
])('%s matching %s is %s', (filter, topic, expected) => {
  expect(matches(filter, topic)).toBe(expected)
})

it.each([
  ['cmnd/x/#', 'cmnd/x/POWER', true],
  ['cmnd/x/#', 'cmnd/x/#', true],
  ['cmnd/x/#', 'cmnd/#', false],
  ['cmnd/x/+', 'cmnd/x/#', false],
  ['cmnd/x/+', '+/x/+', false],
  ['a/+/c', 'a/b/c', true],
  ['a/b', 'a/+', false],
])('%s covering %s is %s', (allowed, asked, expected) => {
  expect(covers(allowed, asked)).toBe(expected)
})

it('a covered filter never matches more', () => {
  const level = fc.constantFrom('a', 'b', '+')
  const filter = fc
    .tuple(fc.array(level, { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([levels, open]) => [...levels, ...(open ? ['#'] : [])].join('/'))
  const topic = fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 4 }).map((levels) => levels.join('/'))
  fc.assert(
    fc.property(filter, filter, topic, (one, other, name) => {
      if (covers(one, other) && matches(other, name)) expect(matches(one, name)).toBe(true)
      if (matches(one, name) && matches(other, name)) expect(overlaps(one, other)).toBe(true)
    }),
  )
})
