import type { Glyphs } from './glyphs.ts'
import { displayWidth, truncate } from './width.ts'

export interface ProgressOptions {
  readonly glyphs: Glyphs
  /** Columns of the bar alone; 24 unless told. */
  readonly width?: number
  /** Paints what is done: `paint.accent`. */
  readonly fill?: (text: string) => string
}

/** A bar of `done` out of `total`, never beyond its ends: `██████▌░░░░░`. */
export const progressBar = (
  done: number,
  total: number,
  { glyphs, width = 24, fill = (text) => text }: ProgressOptions,
): string => {
  const share = total > 0 && Number.isFinite(done) ? Math.min(1, Math.max(0, done / total)) : 0
  const { full, parts, empty } = glyphs.bar
  const steps = parts.length + 1
  const filled = Math.floor(share * width * steps)
  const whole = Math.floor(filled / steps)
  const part = parts[(filled % steps) - 1] ?? ''
  const shown = full.repeat(whole) + part
  return (shown === '' ? '' : fill(shown)) + empty.repeat(width - whole - (part === '' ? 0 : 1))
}

export interface ProgressLine extends ProgressOptions {
  readonly label: string
  /** Figures behind the bar, formatted: `12,480 of 29,109`. */
  readonly figures?: string
  /** Columns of the terminal; the label gives way first. 80 unless told. */
  readonly columns?: number
}

/** One line that a long command rewrites in place: label, bar, per cent, figures. */
export const progressLine = (
  done: number,
  total: number,
  { label, figures = '', columns = 80, ...options }: ProgressLine,
): string => {
  const bar = progressBar(done, total, options)
  const share = total > 0 && Number.isFinite(done) ? Math.floor(Math.min(1, Math.max(0, done / total)) * 100) : 0
  const tail = `${bar} ${String(share).padStart(3)}%${figures === '' ? '' : `  ${figures}`}`
  const room = columns - displayWidth(tail) - 1
  return room < 1 ? truncate(tail, columns) : `${truncate(label, room)} ${tail}`
}
