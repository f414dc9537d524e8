import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decimalText, readDecimal, toScale } from './decimal.ts'
import { formatNumber, formatPercent, locales, parseNumber, pickLocale, plainText } from './index.ts'

const locale = fc.constantFrom(...locales)
const decimal = fc
  .tuple(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n }), fc.nat(12))
  .map(([units, scale]) => decimalText({ units, scale }))

describe('numbers', () => {
  test('are grouped and pointed as each language does', () => {
    expect(formatNumber('1234567.891', 'en')).toBe('1,234,567.891')
    expect(formatNumber('1234567.891', 'fr')).toBe('1\u202f234\u202f567,891')
    expect(formatNumber(-12n, 'en')).toBe('\u221212')
    expect(formatNumber(0.1, 'fr')).toBe('0,1')
    expect(formatNumber(1e-7, 'en')).toBe('0.0000001')
    expect(formatNumber(1.5e21, 'en')).toBe('1,500,000,000,000,000,000,000')
    expect(formatNumber(3, 'en', { sign: 'always' })).toBe('+3')
  })

  test('are rounded half away from zero, or up, or down, as asked', () => {
    const rounded = (value: string, rounding: 'nearest' | 'up' | 'down') =>
      plainText(formatNumber(value, 'en', { minDecimals: 1, maxDecimals: 1, rounding }))
    expect([rounded('0.25', 'nearest'), rounded('-0.25', 'nearest'), rounded('0.249', 'nearest')]).toEqual([
      '0.3',
      '-0.3',
      '0.2',
    ])
    expect([rounded('0.21', 'up'), rounded('-0.21', 'up'), rounded('0.2', 'up')]).toEqual(['0.3', '-0.2', '0.2'])
    expect([rounded('0.29', 'down'), rounded('-0.21', 'down')]).toEqual(['0.2', '-0.3'])
  })

  test('can be read back exactly, however long', () => {
    fc.assert(
      fc.property(decimal, locale, (text, language) => {
        const read = parseNumber(formatNumber(text, language), language)
        const [written, again] = [readDecimal(text), readDecimal(read ?? '')]
        expect(again).toBeDefined()
        const scale = Math.max(written!.scale, again!.scale)
        expect(toScale(again!, scale).units).toBe(toScale(written!, scale).units)
      }),
    )
  })

  test('typed by people are understood, or refused, never guessed', () => {
    expect(parseNumber('12,5', 'fr')).toBe('12.5')
    expect(parseNumber('12.5', 'fr')).toBe('12.5')
    expect(parseNumber('1 234,5', 'fr')).toBe('1234.5')
    expect(parseNumber('1,234.5', 'en')).toBe('1234.5')
    expect(parseNumber('1,234', 'en')).toBe('1234')
    expect(parseNumber('12,5', 'en')).toBe('12.5')
    expect(parseNumber('5.', 'en')).toBe('5')
    for (const nonsense of ['', 'abc', '1.2.3', '1,2,3', '1e5', '--1', '0x10', '1,23,456.7'])
      expect(parseNumber(nonsense, 'en'), nonsense).toBeUndefined()
    expect(parseNumber('1.234,5', 'fr')).toBeUndefined()
  })

  test('any text that is typed is read or refused, never an exception', () => {
    fc.assert(fc.property(fc.string(), locale, (text, language) => void parseNumber(text, language)))
  })

  test('that are none are refused with a sentence', () => {
    expect(() => formatNumber('12,5', 'en')).toThrow('"12,5" is not a number')
    expect(() => formatNumber(Number.NaN, 'en')).toThrow('NaN is not a number that can be shown')
  })

  test('percent sits at the figure in English and behind a narrow space in French', () => {
    expect(formatPercent(80, 'en')).toBe('80%')
    expect(formatPercent('5.5', 'fr')).toBe('5,5\u202f%')
  })
})

test('the language is the first wish that we speak', () => {
  expect(pickLocale(['de-DE', 'fr-CH', 'en'])).toBe('fr')
  expect(pickLocale(['fr_FR.UTF-8'])).toBe('fr')
  expect(pickLocale(['EN'])).toBe('en')
  expect(pickLocale(['frr'])).toBe('en')
  expect(pickLocale([])).toBe('en')
})
