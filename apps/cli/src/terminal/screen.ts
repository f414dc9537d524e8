import { createFormat, type Format } from '@werenode/design/format'
import {
  createPaint,
  type Glyphs,
  glyphsFor,
  type Paint,
  truncate,
  wantsColour,
  wantsUnicode,
} from '@werenode/design/terminal'

/** What the command line draws on: lines into a pipe, and on a terminal also one last line that is rewritten in place. */
export interface Screen {
  /** True where a line can be rewritten and keys can be read. */
  readonly live: boolean
  readonly columns: number
  readonly paint: Paint
  readonly glyphs: Glyphs
  readonly format: Format
  /** A line that stays. */
  print(text?: string): void
  /** Rewrites the last line; into a pipe nothing is written. */
  redraw(text: string): void
  /** Takes the rewritten line away. */
  clear(): void
}

export const createScreen = (
  stream: NodeJS.WriteStream = process.stdout,
  env: NodeJS.ProcessEnv = process.env,
): Screen => {
  const live = stream.isTTY === true && env.TERM !== 'dumb'
  // A pipe says nothing of its encoding: files are UTF-8.
  const glyphs = glyphsFor(!live || wantsUnicode({ env }))
  let drawn = false
  const clear = (): void => {
    if (drawn) stream.write('\r\x1b[2K')
    drawn = false
  }
  return {
    live,
    get columns() {
      return stream.columns || 80
    },
    paint: createPaint(wantsColour({ isTTY: stream.isTTY, env })),
    glyphs,
    format: createFormat({ locale: 'en', timeZone: 'Europe/Paris', money: { show: 'code' } }),
    print: (text = '') => {
      clear()
      stream.write(`${text}\n`)
    },
    redraw: (text) => {
      if (!live) return
      // A longer line would wrap, and only its last part would be rewritten.
      stream.write(`\r\x1b[2K${truncate(text, (stream.columns || 80) - 1)}`)
      drawn = true
    },
    clear,
  }
}
