import type { Glyphs } from './glyphs.ts'
import { displayWidth, pad, truncate, wrap } from './width.ts'

export interface BoxOptions {
  readonly glyphs: Glyphs
  /** In the upper line. */
  readonly title?: string
  /** Columns of the whole box at most; text is wrapped inside. 80 unless told. */
  readonly width?: number
  /** Paints the frame: `paint.accent`. */
  readonly frame?: (text: string) => string
}

/** Lines of text in a frame, as wide as they need. */
export const box = (text: string, { glyphs, title, width = 80, frame = (part) => part }: BoxOptions): string => {
  const room = Math.max(1, width - 4)
  const lines = text.split('\n').flatMap((line) => wrap(line, room))
  const head = title === undefined ? '' : ` ${truncate(title, Math.max(1, room - 3))} `
  const inner = Math.max(displayWidth(head) + 1, ...lines.map(displayWidth))
  const { horizontal, vertical } = glyphs.line
  const { topLeft, topRight, bottomLeft, bottomRight } = glyphs.corner
  const rest = horizontal.repeat(Math.max(0, inner + 1 - displayWidth(head)))
  const top =
    head === ''
      ? frame(topLeft + horizontal.repeat(inner + 2) + topRight)
      : frame(topLeft + horizontal) + head + frame(rest + topRight)
  return [
    top,
    ...lines.map((line) => `${frame(vertical)} ${pad(line, inner)} ${frame(vertical)}`),
    frame(bottomLeft + horizontal.repeat(inner + 2) + bottomRight),
  ].join('\n')
}
