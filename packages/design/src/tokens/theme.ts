import type { ThemeColours, ToneName } from './colour.ts'
import { colours } from './colour.ts'
import { breakpoint, iconSize, layer, radius, space, target } from './scale.ts'
import type { Shadow, ShadowName } from './shadow.ts'
import { shadowsOf } from './shadow.ts'
import type { ThemeName } from './theme-name.ts'
import { isDark, isHighContrast, themeNames } from './theme-name.ts'
import type { Tone } from './tone.ts'
import { fontFamily, textStyles } from './type.ts'

/** All a screen needs to look like Werenode. The same object in React Native, on the web and in tests. */
export interface Theme extends Omit<ThemeColours, 'tone'>, Readonly<Record<ToneName, Tone>> {
  readonly name: ThemeName
  readonly dark: boolean
  readonly highContrast: boolean
  readonly shadow: Readonly<Record<ShadowName, Shadow>>
  readonly space: typeof space
  readonly radius: typeof radius
  readonly target: typeof target
  readonly iconSize: typeof iconSize
  readonly breakpoint: typeof breakpoint
  readonly layer: typeof layer
  readonly textStyle: typeof textStyles
  readonly fontFamily: typeof fontFamily
}

const themeOf = (name: ThemeName): Theme => {
  const { tone, ...rest } = colours[name]
  return {
    name,
    dark: isDark(name),
    highContrast: isHighContrast(name),
    ...rest,
    ...tone,
    shadow: shadowsOf(name),
    space,
    radius,
    target,
    iconSize,
    breakpoint,
    layer,
    textStyle: textStyles,
    fontFamily,
  }
}

/**
 * ```ts
 * const theme = themes[themeFor({ dark: true, highContrast: false })]
 * style = { backgroundColor: theme.surface.raised, color: theme.text.primary, padding: theme.space.l }
 * ```
 */
export const themes = Object.fromEntries(themeNames.map((name) => [name, themeOf(name)])) as Readonly<
  Record<ThemeName, Theme>
>
