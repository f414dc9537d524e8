import { describe, expect, test } from 'vitest'
import { toneNames } from './colour.ts'
import { contrastRatio, rgbOf } from './contrast.ts'
import { contrastPairs } from './pairs.ts'
import { themeNames } from './theme-name.ts'

describe('contrast', () => {
  test('is measured as WCAG 2.2 does', () => {
    expect(contrastRatio('#000000', '#ffffff')).toBe(21)
    expect(contrastRatio('#777777', '#ffffff')).toBeCloseTo(4.478, 3)
    expect(contrastRatio('#ffffff', '#777777')).toBeCloseTo(4.478, 3)
    expect(() => rgbOf('#12345')).toThrow('#rrggbb')
  })

  test.each(themeNames)('every declared pair of the %s theme is readable', (theme) => {
    const pairs = contrastPairs(theme)
    expect(pairs.length).toBeGreaterThan(toneNames.length * 12)
    const failing = pairs
      .map((pair) => ({ ...pair, ratio: contrastRatio(pair.foreground, pair.background) }))
      .filter((pair) => pair.ratio < pair.minimum)
      .map(
        (pair) => `${pair.name}: ${pair.ratio.toFixed(2)} < ${pair.minimum} (${pair.foreground} on ${pair.background})`,
      )
    expect(failing).toEqual([])
  })
})
