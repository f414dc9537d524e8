import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { noFilters } from './filters.ts'
import { addressOf, addressText, type MapAddress } from './url.ts'

const address = fc.record(
  {
    view: fc.record({
      lat: fc.integer({ min: -8_000_000, max: 8_000_000 }).map((n) => n / 100_000),
      lon: fc.integer({ min: -17_900_000, max: 17_900_000 }).map((n) => n / 100_000),
      zoom: fc.integer({ min: 0, max: 2200 }).map((n) => n / 100),
    }),
    filters: fc.record({
      words: fc.string({ maxLength: 30 }).map((text) => text.trim()),
      available: fc.boolean(),
      payable: fc.boolean(),
      openNow: fc.boolean(),
      free: fc.boolean(),
      accessible: fc.boolean(),
      favourites: fc.boolean(),
      minPowerW: fc.constantFrom(0, 22_000, 50_000, 150_000),
      standards: fc.uniqueArray(fc.constantFrom('IEC_62196_T2', 'CHADEMO', 'DOMESTIC_E', 'TESLA_S'), { maxLength: 4 }),
    }),
    sort: fc.constantFrom('distance', 'price', 'power'),
    charge: fc.record({ energyWh: fc.integer({ min: 100, max: 999_999 }) }),
    place: fc.string({ minLength: 1, maxLength: 40 }),
  },
  { requiredKeys: ['filters', 'sort'] },
) as fc.Arbitrary<MapAddress>

test('whoever opens a link sees what its sender saw', () => {
  fc.assert(
    fc.property(address, (one) => {
      expect(addressOf(addressText(one))).toEqual(one)
    }),
  )
})

test('a link that somebody made up opens a map all the same', () => {
  expect(addressOf('at=99,abc,7&kw=-5&plug=ccs,rm%20-rf&sort=age&operator=x&max=-1&charge=nan')).toEqual({
    filters: { ...noFilters, standards: ['IEC_62196_T2_COMBO'] },
    sort: 'distance',
  })
  fc.assert(
    fc.property(fc.string(), (text) => {
      addressOf(text)
    }),
  )
})

test('a map just opened has a link without a query', () => {
  expect(addressText({ filters: noFilters, sort: 'distance' })).toBe('')
})
