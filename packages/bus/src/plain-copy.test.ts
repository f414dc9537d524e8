import fc from 'fast-check'
import { expect, it } from 'vitest'
import { jsonCopy } from './plain-copy.ts'

const viaText = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

it('makes of any value what JSON makes of it', () => {
  const value = fc.object({
    withDate: true,
    withTypedArray: false,
    withNullPrototype: true,
    withUndefined: true,
  } as never)
  fc.assert(
    fc.property(value, (given) => {
      expect(jsonCopy(given)).toEqual(viaText(given))
    }),
    { numRuns: 500 },
  )
})

it.each([
  [{ at: new Date(0), gone: undefined, list: [undefined, Number.NaN, -1.5] }],
  [{ toJSON: () => ({ other: 1 }) }],
  [JSON.parse('{"__proto__":{"x":1},"y":2}')],
])('goes by way of text where a value is not plain: %#', (given) => {
  expect(jsonCopy(given)).toEqual(viaText(given))
  expect(Object.getPrototypeOf(jsonCopy(given))).toBe(Object.prototype)
})

it('refuses what JSON refuses', () => {
  const circle: Record<string, unknown> = {}
  circle.self = circle
  for (const given of [{ big: 1n }, circle]) expect(() => jsonCopy(given)).toThrow()
})

it('shares nothing, and freezes all of it when asked', () => {
  const given = { a: { b: [1, { c: 2 }] } }
  const free = jsonCopy(given) as typeof given
  expect(free.a.b).not.toBe(given.a.b)
  expect(Object.isFrozen(free.a)).toBe(false)
  const frozen = jsonCopy(given, { freeze: true }) as typeof given
  expect([frozen, frozen.a, frozen.a.b, frozen.a.b[1]].every((part) => Object.isFrozen(part))).toBe(true)
})
