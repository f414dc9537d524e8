import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  formatClock,
  formatDistance,
  formatDuration,
  formatEnergy,
  formatEvseId,
  formatPower,
  locales,
  parseEnergy,
  plainText,
  shortEvseId,
  shortHex,
} from './index.ts'

const locale = fc.constantFrom(...locales)

describe('energy and power', () => {
  test('read as a meter does', () => {
    expect(formatEnergy(850, 'en')).toBe('850\u00a0Wh')
    expect(formatEnergy(12_480, 'fr')).toBe('12,48\u00a0kWh')
    expect(formatEnergy(12_485, 'en')).toBe('12.49\u00a0kWh')
    expect(formatEnergy(12_485, 'en', { precision: 'exact' })).toBe('12.485\u00a0kWh')
    expect(formatEnergy(707_232_780, 'en', { precision: 'whole' })).toBe('707,233\u00a0kWh')
    expect(formatEnergy('1000000', 'en', { unit: 'Wh' })).toBe('1,000,000\u00a0Wh')
    expect(formatEnergy(0, 'en', { unit: 'kWh' })).toBe('0.00\u00a0kWh')
    expect(() => formatEnergy(1.5, 'en')).toThrow('1.5 is not a whole number of Wh')
  })

  test('can be read back to the Wh', () => {
    fc.assert(
      fc.property(fc.nat(Number.MAX_SAFE_INTEGER), locale, (wh, language) => {
        expect(parseEnergy(formatEnergy(wh, language, { unit: 'kWh', precision: 'exact' }), language)).toBe(wh)
      }),
    )
    expect(parseEnergy('12,5', 'fr')).toBe(12_500)
    expect(parseEnergy('0.0001', 'en')).toBeUndefined()
    expect(parseEnergy('-1', 'en')).toBeUndefined()
  })

  test('power keeps one decimal where it tells something', () => {
    expect(
      [0, 850, 999.6, 1000, 7360, 22_000, 150_000, 999_960, 1_200_000].map((w) => plainText(formatPower(w, 'en'))),
    ).toEqual(['0 W', '850 W', '1 kW', '1 kW', '7.4 kW', '22 kW', '150 kW', '1 MW', '1.2 MW'])
    expect(formatPower(7360, 'fr')).toBe('7,4\u00a0kW')
    expect(() => formatPower(Number.NaN, 'en')).toThrow('NaN')
  })
})

describe('durations and distances', () => {
  test('say their two largest units', () => {
    expect(
      [0, 45, 60, 307, 720, 3599, 5100, 7200, 90_000, 183_600].map((s) => plainText(formatDuration(s, 'en'))),
    ).toEqual(['0 s', '45 s', '1 min', '5 min 7 s', '12 min', '59 min', '1 h 25 min', '2 h', '1 d 1 h', '2 d 3 h'])
    expect(plainText(formatDuration(90_000, 'fr'))).toBe('1 j 1 h')
    expect(formatDuration(-5, 'en')).toBe('0\u00a0s')
  })

  test('a running clock counts seconds', () => {
    expect([0, 307, 5107].map(formatClock)).toEqual(['0:00', '5:07', '1:25:07'])
  })

  test('a distance is no finer than a walker needs', () => {
    expect([0, 4, 84, 994, 995, 1240, 9960, 34_400, 1_234_000].map((m) => plainText(formatDistance(m, 'en')))).toEqual([
      '0 m',
      '0 m',
      '80 m',
      '990 m',
      '1 km',
      '1.2 km',
      '10 km',
      '34 km',
      '1,234 km',
    ])
  })
})

describe('identifiers', () => {
  test('an EVSE id is shown with its separators', () => {
    expect(formatEvseId('frwrne0000011')).toBe('FR*WRN*E0000011')
    expect(formatEvseId('FR*WRN*E000001*1')).toBe('FR*WRN*E000001*1')
    expect(formatEvseId('fr-wrn-e01')).toBe('FR*WRN*E01')
    expect(formatEvseId('Box 7')).toBe('Box 7')
    expect(shortEvseId('FR*WRN*E000001*1')).toBe('E000001*1')
  })

  test('long hex is shortened, short is not', () => {
    expect(shortHex(`0x${'ab'.repeat(20)}`)).toBe('0xabab…abab')
    expect(shortHex('0x1234')).toBe('0x1234')
  })
})
