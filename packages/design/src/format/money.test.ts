import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatMoney, formatPrice, formatUnitPrice, locales, parseMoney, plainText } from './index.ts'

const locale = fc.constantFrom(...locales)
const micro = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n })

describe('money', () => {
  test('is shown as each language writes it', () => {
    expect(formatMoney(25_000_000n, 'en')).toBe('€25.00')
    expect(formatMoney('25000000', 'fr')).toBe('25,00\u00a0€')
    expect(formatMoney(-5_000_000n, 'en')).toBe('\u2212€5.00')
    expect(formatMoney(1_234_567_890_000n, 'fr')).toBe('1\u202f234\u202f567,89\u00a0€')
    expect(formatMoney(25_000_000n, 'en', { show: 'code' })).toBe('25.00\u00a0EUR')
    expect(formatMoney(25_000_000n, 'fr', { show: 'none' })).toBe('25,00')
    expect(formatMoney(1_000_000n, 'en', { currency: 'CHF' })).toBe('1.00\u00a0CHF')
    expect(formatMoney(1_000_000n, 'en', { sign: 'always' })).toBe('+€1.00')
  })

  test('totals have two decimals, unit prices as many as they need, receipts all six', () => {
    expect(formatMoney(6_119_999n, 'en')).toBe('€6.12')
    expect(formatMoney(6_119_999n, 'en', { precision: 'exact' })).toBe('€6.119999')
    expect(formatMoney(490_000n, 'en', { precision: 'exact' })).toBe('€0.49')
    expect(formatMoney(490_000n, 'fr', { precision: 'full' })).toBe('0,490000\u00a0€')
    expect(formatUnitPrice(492_500n, 'en', { per: 'kWh' })).toBe('€0.4925/kWh')
    expect(formatPrice('0.49', 'fr', { per: 'kWh' })).toBe('0,49\u00a0€/kWh')
    expect(formatPrice(0.2, 'en', { per: 'min' })).toBe('€0.20/min')
    expect(formatPrice('0.123456789', 'en')).toBe('€0.123456789')
  })

  test('cents are rounded half away from zero, a limit upwards', () => {
    expect(formatMoney(5_005_000n, 'en')).toBe('€5.01')
    expect(formatMoney(-5_005_000n, 'en')).toBe('\u2212€5.01')
    expect(formatMoney(5_000_001n, 'en', { rounding: 'up' })).toBe('€5.01')
  })

  test('what is not nothing is never shown as nothing', () => {
    expect(formatMoney(4_000n, 'en')).toBe('€0.004')
    expect(formatMoney(1n, 'en')).toBe('€0.000001')
    expect(formatMoney(0n, 'en')).toBe('€0.00')
    fc.assert(
      fc.property(micro, locale, (amount, language) => {
        expect(/[1-9]/.test(formatMoney(amount, language))).toBe(amount !== 0n)
      }),
    )
  })

  test('no micro-euro is lost between the figure and its text, far beyond what a float holds', () => {
    fc.assert(
      fc.property(
        micro,
        locale,
        fc.constantFrom('exact', 'full'),
        fc.constantFrom('symbol', 'code', 'none'),
        (amount, language, precision, show) => {
          expect(parseMoney(formatMoney(amount, language, { precision, show }), language)).toBe(amount)
          expect(parseMoney(formatMoney(amount.toString(), language, { precision, show }), language)).toBe(amount)
        },
      ),
    )
    expect(formatMoney(2n ** 63n - 1n, 'en', { precision: 'full' })).toBe('€9,223,372,036,854.775807')
  })

  test('a total is never further than half a cent from the truth', () => {
    fc.assert(
      fc.property(micro, locale, (amount, language) => {
        const shown = parseMoney(formatMoney(amount, language), language)!
        const off = shown > amount ? shown - amount : amount - shown
        expect(off <= 5_000n).toBe(true)
      }),
    )
  })

  test('the wire form and the price form cannot be mixed up', () => {
    expect(() => formatMoney('25.00', 'en')).toThrow('is not an amount in micro-euro')
    expect(() => formatMoney('', 'en')).toThrow('is not an amount in micro-euro')
    expect(() => formatPrice('0,49', 'en')).toThrow('is not a number')
  })

  test('typed amounts are read to the micro-euro or refused', () => {
    expect(parseMoney('12,50 €', 'fr')).toBe(12_500_000n)
    expect(parseMoney('€12.5', 'en')).toBe(12_500_000n)
    expect(parseMoney('12.50 EUR', 'en')).toBe(12_500_000n)
    expect(parseMoney('0.0000001', 'en')).toBeUndefined()
    expect(parseMoney('twelve', 'en')).toBeUndefined()
  })

  test('plain text has ordinary spaces, for CSV and comparison', () => {
    expect(plainText(formatMoney(-1_234_000_000n, 'fr'))).toBe('-1 234,00 €')
  })
})
