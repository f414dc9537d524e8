import { expect, test } from 'vitest'
import { aPlace } from '../../test/places.ts'
import { sorted } from './sort.ts'

const paris = { lon: 2.35, lat: 48.85 }
const places = [
  aPlace({ id: 'far-cheap', position: { lon: 4.83, lat: 45.76 }, priceMicro: '9000000', maxPowerW: 22_000 }),
  aPlace({ id: 'near-dear', position: { lon: 2.36, lat: 48.86 }, priceMicro: '18000000', maxPowerW: 150_000 }),
  aPlace({ id: 'near-unpriced', position: { lon: 2.35, lat: 48.85 }, maxPowerW: 7_400 }),
  aPlace({ id: 'mid-dear', position: { lon: 1.91, lat: 47.9 }, priceMicro: '18000000', maxPowerW: 150_000 }),
]
const ids = (by: Parameters<typeof sorted>[1]) => sorted(places, by, paris).map(({ id }) => id)

test('the nearest place comes first, with its distance', () => {
  expect(ids('distance')).toEqual(['near-unpriced', 'near-dear', 'mid-dear', 'far-cheap'])
  expect(sorted(places, 'distance', paris).at(-1)?.distanceM).toBeGreaterThan(390_000)
})

test('by the price of the chosen charge the cheapest comes first, equal ones by distance, those without a price last', () => {
  expect(ids('price')).toEqual(['far-cheap', 'near-dear', 'mid-dear', 'near-unpriced'])
})

test('by power the strongest comes first', () => {
  expect(ids('power')).toEqual(['near-dear', 'mid-dear', 'far-cheap', 'near-unpriced'])
})
