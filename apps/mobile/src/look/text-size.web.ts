import { nativeText, type TextStyle } from '@werenode/design/tokens'

/** What a browser calls `1rem` where nobody chose otherwise, px. */
const plainPx = 16
const grown = (px: number): number => `${px / plainPx}rem` as unknown as number

/** Sizes that follow the font size a person chose in the browser, as text on a device does. */
export const sized = (style: TextStyle): ReturnType<typeof nativeText> => {
  const { fontSize, lineHeight, ...rest } = nativeText(style)
  return { ...rest, fontSize: grown(fontSize), lineHeight: grown(lineHeight) }
}

/** The same below a tab, as large as the width of a small screen lets it be. */
export const sizedForTab = (style: TextStyle): ReturnType<typeof nativeText> => ({
  ...sized(style),
  fontSize: `min(${style.size / plainPx}rem, 4vw)` as unknown as number,
})
