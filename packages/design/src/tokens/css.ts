import { toneNames } from './colour.ts'
import type { Motion } from './motion.ts'
import { motion, reducedMotion } from './motion.ts'
import { breakpoint, iconSize, layer, radius, space, target } from './scale.ts'
import type { Shadow } from './shadow.ts'
import { shadowNames } from './shadow.ts'
import type { Theme } from './theme.ts'
import { themes } from './theme.ts'
import type { ThemeName } from './theme-name.ts'
import { fontFamily, textStyles } from './type.ts'

type Declarations = readonly (readonly [property: string, value: string])[]

/** `outOfOrder` -> `out-of-order`. */
const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
const rem = (pixels: number): string => (pixels === 0 ? '0' : `${pixels / 16}rem`)
const px = (pixels: number): string => (pixels === 0 ? '0' : `${pixels}px`)

const shadowCss = ({ colour, opacity, offsetY, blur }: Shadow): string => {
  const alpha = Math.round(opacity * 255)
  return alpha === 0 ? 'none' : `0 ${px(offsetY)} ${px(blur)} ${colour}${alpha.toString(16).padStart(2, '0')}`
}

const group = (name: string, values: Readonly<Record<string, string>>): Declarations =>
  Object.entries(values).map(([key, value]) => [`--wn-${name}-${kebab(key)}`, value] as const)

/** What changes with the theme. */
const themeDeclarations = (theme: Theme): Declarations => [
  ['color-scheme', theme.dark ? 'dark' : 'light'],
  ...group('surface', theme.surface),
  ...group('text', theme.text),
  ...group('line', theme.line),
  ['--wn-scrim', theme.scrim],
  ...group('map', theme.map),
  ...theme.chart.map((colour, index) => [`--wn-chart-${index + 1}`, colour] as const),
  ...toneNames.flatMap((name) => group(kebab(name), { ...theme[name] })),
  ...shadowNames.map((name) => [`--wn-shadow-${name}`, shadowCss(theme.shadow[name])] as const),
]

const motionDeclarations = (values: Motion): Declarations => [
  ...Object.entries(values.duration).map(([name, ms]) => [`--wn-duration-${name}`, `${ms}ms`] as const),
  ...Object.entries(values.easing).map(
    ([name, points]) => [`--wn-easing-${name}`, `cubic-bezier(${points.join(', ')})`] as const,
  ),
  ['--wn-pulse', `${values.pulse}ms`],
  ['--wn-travel', px(values.travel)],
]

/** What is the same in every theme. */
const scaleDeclarations = (): Declarations => [
  ...Object.entries(space).map(([name, value]) => [`--wn-space-${name}`, rem(value)] as const),
  ...Object.entries(radius).map(([name, value]) => [`--wn-radius-${name}`, px(value)] as const),
  ...Object.entries(target).map(([name, value]) => [`--wn-target-${name}`, px(value)] as const),
  ...Object.entries(iconSize).map(([name, value]) => [`--wn-icon-${name}`, rem(value)] as const),
  ...Object.entries(breakpoint).map(([name, value]) => [`--wn-breakpoint-${name}`, px(value)] as const),
  ...Object.entries(layer).map(([name, value]) => [`--wn-layer-${kebab(name)}`, String(value)] as const),
  ['--wn-family-text', fontFamily.text],
  ['--wn-family-code', fontFamily.code],
  ...Object.entries(textStyles).flatMap(([name, style]): Declarations => {
    const family = name === 'code' ? 'code' : 'text'
    return [
      // The whole shorthand: `font: var(--wn-font-body)`.
      [
        `--wn-font-${kebab(name)}`,
        `${style.weight} ${rem(style.size)} / ${rem(style.lineHeight)} var(--wn-family-${family})`,
      ],
      [`--wn-tracking-${kebab(name)}`, style.letterSpacing === 0 ? '0' : `${style.letterSpacing}em`],
    ]
  }),
]

const block = (selector: string, declarations: Declarations, indent = ''): string =>
  `${indent}${selector} {\n${declarations.map(([name, value]) => `${indent}  ${name}: ${value};`).join('\n')}\n${indent}}\n`

/** The custom properties of one theme, as one rule. */
export const toCss = (theme: ThemeName, selector = ':root'): string => block(selector, themeDeclarations(themes[theme]))

/**
 * The committed `tokens.css`. A page follows the device until it says otherwise on its root element:
 * `data-theme="light|dark"`, `data-contrast="more|normal"`, `data-motion="reduced"`.
 */
export const tokensCss = (): string => {
  const theme =
    (name: ThemeName, indent = '') =>
    (selector: string) =>
      block(selector, themeDeclarations(themes[name]), indent)
  const media = (condition: string, ...rules: readonly string[]): string =>
    `@media ${condition} {\n${rules.join('')}}\n`
  return [
    '/* Written by `node src/assets/write.ts` from src/tokens. Change the tokens, not this file. */\n',
    block(':root', [...scaleDeclarations(), ...motionDeclarations(motion)]),
    media('(prefers-reduced-motion: reduce)', block(':root', motionDeclarations(reducedMotion), '  ')),
    block('[data-motion="reduced"]', motionDeclarations(reducedMotion)),
    theme('light')(':root,\n[data-theme="light"]'),
    theme('dark')('[data-theme="dark"]'),
    media('(prefers-color-scheme: dark)', theme('dark', '  ')(':root:not([data-theme])')),
    theme('highContrastLight')('[data-contrast="more"]'),
    theme('highContrastDark')('[data-theme="dark"][data-contrast="more"]'),
    media(
      '(prefers-color-scheme: dark)',
      theme('highContrastDark', '  ')(':root:not([data-theme])[data-contrast="more"]'),
    ),
    media(
      '(prefers-contrast: more)',
      theme('highContrastLight', '  ')(':root:not([data-contrast])'),
      theme('highContrastDark', '  ')(':root[data-theme="dark"]:not([data-contrast])'),
    ),
    media(
      '(prefers-contrast: more) and (prefers-color-scheme: dark)',
      theme('highContrastDark', '  ')(':root:not([data-theme]):not([data-contrast])'),
    ),
  ].join('\n')
}
