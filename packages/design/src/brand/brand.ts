import { circle } from '../icons/shape.ts'
import { ink, petrol, volt, white } from '../tokens/palette.ts'
import { themes } from '../tokens/theme.ts'
import type { ThemeName } from '../tokens/theme-name.ts'

/** A W drawn as a line between nodes; the last node is lit. On a grid of 24. */
const line = 'M5 7.6 9 16.6 12 10.4 15 16.6 19 7.6'
const quietNode = circle(5, 7.6, 1.9)
const litNode = circle(19, 7.6, 2.7)

const drawn = (lineColour: string, lit: string): string =>
  `<path d="${line}" fill="none" stroke="${lineColour}" stroke-width="2.3" stroke-linecap="round" stroke-linejoin="round"/>` +
  `<path d="${quietNode}" fill="${lineColour}"/><path d="${litNode}" fill="${lit}"/>`

const drawing = (viewBox: string, width: number, height: number, title: string, content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox}" width="${width}" height="${height}" role="img" aria-label="${title}"><title>${title}</title>${content}</svg>\n`

/** The mark on its own tile: app icon, favicon, avatar. Square corners (`round: false`) for stores that cut their own. */
export const markSvg = ({
  size = 64,
  round = true,
}: {
  readonly size?: number
  readonly round?: boolean
} = {}): string =>
  drawing(
    '0 0 24 24',
    size,
    size,
    'Werenode',
    `<rect width="24" height="24" rx="${round ? 5.6 : 0}" fill="${petrol[900]}"/>${drawn(white, volt[300])}`,
  )

/** One letter: its path from the top left of its x-height (10 tall) and its width. */
interface Letter {
  readonly path: string
  readonly width: number
}
const letters: Readonly<Record<string, Letter>> = {
  w: { path: 'l3.2 10l3.3-8.6l3.3 8.6l3.2-10', width: 13 },
  e: { path: 'm0 5h10a5 5 0 1 0-1.46 3.54', width: 10 },
  r: { path: 'v10m0-5.5a4.5 4.5 0 0 1 4.5-4.5h.6', width: 5.2 },
  n: { path: 'v10m0-5.4a4.6 4.6 0 0 1 9.2 0v5.4', width: 9.2 },
  o: { path: 'm0 5a5 5 0 1 0 10 0a5 5 0 1 0-10 0', width: 10 },
  d: { path: 'm0 5a5 5 0 1 0 10 0a5 5 0 1 0-10 0m10-9.8v14.8', width: 10 },
}
const gap = 3.6

const word = (text: string, left: number, top: number): { readonly path: string; readonly width: number } => {
  let x = left
  const path = Array.from(text, (character) => {
    const letter = letters[character]
    if (letter === undefined) throw new RangeError(`the wordmark has no letter "${character}"`)
    const placed = `M${Math.round(x * 100) / 100} ${top}${letter.path}`
    x += letter.width + gap
    return placed
  }).join('')
  return { path, width: x - gap - left }
}

/** Mark and name beside each other, 24 high, for page heads. The name takes the theme's text colour. */
export const wordmarkSvg = ({
  theme = 'light',
  height = 32,
}: {
  readonly theme?: ThemeName
  readonly height?: number
} = {}): string => {
  const name = word('werenode', 31, 7.4)
  const width = Math.ceil(31 + name.width + 2)
  const colours = themes[theme]
  const content =
    `<rect width="24" height="24" rx="5.6" fill="${colours.dark ? petrol[800] : petrol[900]}"/>${drawn(white, volt[300])}` +
    `<path d="${name.path}" fill="none" stroke="${colours.text.primary}" stroke-width="2.3" stroke-linecap="round" stroke-linejoin="round"/>`
  return drawing(`0 0 ${width} 24`, Math.round((width * height) / 24), height, 'Werenode', content)
}

/** Colours a browser or phone asks for beside the icon. */
export const brandColours = { tile: petrol[900], line: white, spark: volt[300], ink: ink[950] } as const
