import { expect, test } from 'vitest'
import { quote } from './quote.ts'
import { element, euro, price, tariffOf, utc } from './testing/fixtures.ts'

const tariff = tariffOf([
  element({ start_time: '17:00' }, price('ENERGY', 0.5)),
  element({}, price('FLAT', 0.5), price('ENERGY', 0.25), price('PARKING_TIME', 6, 300)),
])
const charge = { timeZone: 'Europe/Paris', startAt: utc('2026-11-23 15:30'), energyWh: 20_000, chargingSeconds: 3600 }

test('a quote is the price of the charge chosen, at its own hour', () => {
  expect(euro(quote(tariff, charge))).toBe(0.5 + 2.5 + 5)
  expect(euro(quote(tariff, { ...charge, parkingSeconds: 601 }))).toBe(0.5 + 2.5 + 5 + 1.5)
})

test('a quote for no duration is refused', () => {
  expect(() => quote(tariff, { ...charge, chargingSeconds: -1 })).toThrow(/not a duration/)
})
