import { describe, expect, test } from 'vitest'
import vectors from '../../vectors/pricing-rounding.json' with { type: 'json' }
import { exact } from './exact.ts'
import { quotientToMicro, roundMicro, toMicro } from './rounding.ts'

describe('the rounding rule', () => {
  test.each(vectors.toMicro)('rounds $exact to $micro micro', ({ exact: text, micro }) => {
    expect(toMicro(exact(text))).toBe(BigInt(micro))
    expect(quotientToMicro(exact(text).times(3_600_000), 3_600_000)).toBe(BigInt(micro))
  })

  test.each(vectors.thirds)('rounds $numerator / $denominator to $micro micro', ({ numerator, denominator, micro }) => {
    expect(quotientToMicro(exact(numerator), denominator)).toBe(BigInt(micro))
  })

  test.each(vectors.toCents)('rounds $micro micro to $cents in cents', ({ micro, cents }) => {
    expect(roundMicro(BigInt(micro))).toBe(BigInt(cents))
  })

  test('knows no more than six decimals', () => {
    expect(roundMicro(1_234_567n, 6)).toBe(1_234_567n)
    expect(() => roundMicro(1n, 7)).toThrow(RangeError)
  })
})
