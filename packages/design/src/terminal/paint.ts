import { sgr } from './ansi.ts'

/** What a terminal says of itself: `process.stdout.isTTY` and `process.env`, or what a test says. */
export interface TerminalFacts {
  readonly isTTY?: boolean | undefined
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Whether to colour (https://no-color.org): never with NO_COLOR or a dumb terminal; into a pipe only with FORCE_COLOR. */
export const wantsColour = ({ isTTY, env }: TerminalFacts): boolean => {
  if ((env.NO_COLOR ?? '') !== '') return false
  const forced = env.FORCE_COLOR
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  return isTTY === true && env.TERM !== 'dumb'
}

/** Whether the terminal can be trusted with lines and dots beyond ASCII. */
export const wantsUnicode = ({ env }: TerminalFacts): boolean => {
  if (env.TERM === 'linux' || env.TERM === 'dumb') return false
  const encoding = env.LC_ALL || env.LC_CTYPE || env.LANG
  if (encoding !== undefined && encoding !== '') return /utf-?8/i.test(encoding)
  return env.WT_SESSION !== undefined || env.TERM_PROGRAM !== undefined
}

const codes = {
  strong: [1, 22],
  muted: [2, 22],
  underline: [4, 24],
  accent: [36, 39],
  positive: [32, 39],
  warning: [33, 39],
  danger: [31, 39],
  info: [34, 39],
  available: [32, 39],
  charging: [34, 39],
  occupied: [33, 39],
  reserved: [35, 39],
  outOfOrder: [31, 39],
  planned: [36, 39],
  unknown: [2, 22],
  unlisted: [2, 22],
} as const

export type PaintName = keyof typeof codes
/** Paints a text; with colour off it comes back as it was. */
export type Paint = Readonly<Record<PaintName, (text: string) => string>>

/**
 * The terminal's sixteen colours by meaning: they are the reader's own, so they stay readable on any background.
 * ```ts
 * const paint = createPaint(wantsColour({ isTTY: process.stdout.isTTY, env: process.env }))
 * paint.positive('paid')
 * ```
 */
export const createPaint = (colour: boolean): Paint =>
  Object.fromEntries(
    Object.entries(codes).map(([name, [on, off]]) => [
      name,
      // A paint inside a paint ends with the same code: begin again after it.
      (text: string) =>
        colour && text !== '' ? sgr(on) + text.replaceAll(sgr(off), sgr(off) + sgr(on)) + sgr(off) : text,
    ]),
  ) as unknown as Paint
