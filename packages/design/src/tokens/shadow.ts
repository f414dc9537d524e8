import type { Hex } from './palette.ts'
import type { ThemeName } from './theme-name.ts'
import { isDark, isHighContrast } from './theme-name.ts'

/** One shadow, in the parts that React Native (iOS and, by `elevation`, Android) and CSS need. */
export interface Shadow {
  readonly colour: Hex
  /** 0 to 1. */
  readonly opacity: number
  readonly offsetY: number
  readonly blur: number
  readonly elevation: number
}

export const shadowNames = ['none', 'card', 'floating', 'dialog'] as const
export type ShadowName = (typeof shadowNames)[number]

const shape: Readonly<Record<ShadowName, Omit<Shadow, 'colour' | 'opacity'>>> = {
  none: { offsetY: 0, blur: 0, elevation: 0 },
  card: { offsetY: 1, blur: 3, elevation: 1 },
  floating: { offsetY: 4, blur: 12, elevation: 4 },
  dialog: { offsetY: 12, blur: 32, elevation: 12 },
}

/** High contrast draws lines, not shadows: its opacity is 0. */
export const shadowsOf = (theme: ThemeName): Readonly<Record<ShadowName, Shadow>> => {
  const opacity = isHighContrast(theme) ? 0 : isDark(theme) ? 0.5 : 0.16
  const of = (name: ShadowName): Shadow => ({
    ...shape[name],
    colour: isDark(theme) ? '#000000' : '#101e22',
    opacity: name === 'none' ? 0 : opacity,
  })
  return { none: of('none'), card: of('card'), floating: of('floating'), dialog: of('dialog') }
}
