import { describe, expect, test } from 'vitest'
import { motionFor, nativeShadow, nativeText, textStyles, themeFor, themeNames, themes, toCss } from './index.ts'

describe('themes', () => {
  test('the device is asked for two things and gets one of four', () => {
    expect(themeFor({ dark: false, highContrast: false })).toBe('light')
    expect(themeFor({ dark: true, highContrast: false })).toBe('dark')
    expect(themeFor({ dark: false, highContrast: true })).toBe('highContrastLight')
    expect(themeFor({ dark: true, highContrast: true })).toBe('highContrastDark')
  })

  test.each(themeNames)('%s has every name the others have, and only readable colours', (name) => {
    const names = (theme: object): string => JSON.stringify(theme).replaceAll(/:"[^"]*"|:[\d.]+|:true|:false/g, '')
    expect(names(themes[name].accent)).toBe(names(themes.light.accent))
    expect(Object.keys(themes[name])).toEqual(Object.keys(themes.light))
    expect(JSON.stringify(themes[name])).not.toMatch(/undefined|NaN/)
    expect(toCss(name)).toContain(`color-scheme: ${themes[name].dark ? 'dark' : 'light'};`)
  })

  test('a theme can be put on any element', () => {
    expect(toCss('dark', '.preview')).toMatch(/^\.preview \{\n {2}color-scheme: dark;/)
    expect(toCss('dark')).toContain('--wn-out-of-order-on-solid: #390605;')
  })

  test('reduced motion does not move', () => {
    expect(motionFor(true)).toMatchObject({ travel: 0, pulse: 0, duration: { fast: 0, medium: 0 } })
    expect(motionFor(false).duration.fast).toBeGreaterThan(0)
  })

  test('React Native gets numbers, not CSS', () => {
    expect(nativeText(textStyles.amount)).toEqual({
      fontSize: 36,
      lineHeight: 44,
      fontWeight: '600',
      letterSpacing: -0.72,
      fontVariant: ['tabular-nums'],
    })
    expect(nativeShadow(themes.light.shadow.card)).toMatchObject({ elevation: 1, shadowOpacity: 0.16 })
    expect(nativeShadow(themes.highContrastDark.shadow.dialog)).toMatchObject({ elevation: 0, shadowOpacity: 0 })
  })
})
