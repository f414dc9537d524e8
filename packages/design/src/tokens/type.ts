/** One role of text. Sizes and heights in pixels, spacing in em, weight as CSS counts. */
export interface TextStyle {
  readonly size: number
  readonly lineHeight: number
  readonly weight: 400 | 500 | 600 | 700
  readonly letterSpacing: number
  /** Digits of one width, so that a running cost does not dance. */
  readonly tabular: boolean
}

const text = (
  size: number,
  lineHeight: number,
  weight: TextStyle['weight'],
  letterSpacing = 0,
  tabular = false,
): TextStyle => ({
  size,
  lineHeight,
  weight,
  letterSpacing,
  tabular,
})

export const textStyles = {
  display: text(40, 48, 700, -0.02),
  title: text(28, 36, 700, -0.015),
  heading: text(22, 28, 600, -0.01),
  subheading: text(18, 24, 600),
  body: text(16, 24, 400),
  bodyStrong: text(16, 24, 600),
  label: text(14, 20, 500),
  small: text(14, 20, 400),
  caption: text(12, 16, 400, 0.01),
  /** The one big figure of a screen: what it costs, what came back. */
  amount: text(36, 44, 600, -0.02, true),
  /** Figures in lists and tables. */
  figure: text(16, 24, 500, 0, true),
  code: text(14, 20, 400, 0, true),
} as const satisfies Readonly<Record<string, TextStyle>>

export type TextStyleName = keyof typeof textStyles

/** Only fonts people already have: nothing is fetched, nothing shifts when it arrives. */
export const fontFamily = {
  text: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif',
  code: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono", "Liberation Mono", monospace',
} as const
