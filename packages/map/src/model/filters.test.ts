import { describe, expect, test } from 'vitest'
import { aPlace } from '../../test/places.ts'
import { filterCount, fits, noFilters, queryText, searchQuery, tileQuery, tilesKnow } from './filters.ts'
import { statusOfPlace } from './place.ts'

const none = () => false

describe('what was kept is filtered as the node would', () => {
  test.each([
    ['words of name and city, accents or not', { words: 'gare NANTES' }, true],
    ['words that are not there', { words: 'gare lyon' }, false],
    ['enough power', { minPowerW: 150_000 }, true],
    ['too little power', { minPowerW: 150_001 }, false],
    ['the connector', { standards: ['CHADEMO', 'IEC_62196_T2_COMBO'] }, true],
    ['another connector', { standards: ['CHADEMO'] }, false],
    ['a favourite', { favourites: true }, false],
    ['another operator', { party: 'FR*AAA' }, false],
    ['a price that nobody told', { maxPriceMicro: '20000000' }, false],
  ] as const)('%s', (_, change, expected) => {
    expect(fits(aPlace(), { ...noFilters, ...change }, none)).toBe(expected)
  })

  test('what a summary does not tell hides nothing', () => {
    expect(fits(aPlace(), { ...noFilters, openNow: true, free: true, pays: 'card' }, none)).toBe(true)
  })
})

test('filters travel in the words of the API', () => {
  const filters = { ...noFilters, available: true, standards: ['CHADEMO', 'IEC_62196_T2'] as const, openNow: true }
  expect(queryText(tileQuery(filters))).toBe('available=true&standard=CHADEMO&standard=IEC_62196_T2')
  expect(searchQuery({ ...filters, maxPriceMicro: '9' }, { energyWh: 30_000, minutes: 40 })).toMatchObject({
    openNow: 'true',
    energyWh: '30000',
    minutes: '40',
    maxPriceMicro: '9',
  })
  expect(searchQuery({ ...filters, maxPriceMicro: '9' })).not.toHaveProperty('maxPriceMicro')
  expect(filterCount(filters)).toBe(3)
  expect(tilesKnow(filters)).toBe(false)
})

test.each([
  [{ availableCount: 1 }, 'available'],
  [{ availableCount: 0 }, 'occupied'],
  [{ availableCount: 0, payable: false, source: 'irve' }, 'unlisted'],
  [{ availableCount: 0, payable: false, source: 'roaming' }, 'unknown'],
] as const)('a place with %o stands as %s', (change, status) => {
  expect(statusOfPlace(aPlace(change))).toBe(status)
})
