import type { Glyphs } from './glyphs.ts'
import type { Align } from './width.ts'
import { displayWidth, pad, truncate } from './width.ts'

export interface Column {
  readonly title: string
  readonly align?: Align
  /** Is cut first when the table is too wide for the terminal. */
  readonly flexible?: boolean
}

export interface TableOptions {
  readonly glyphs: Glyphs
  /** Columns of the terminal; 80 unless told. */
  readonly width?: number
  /** Paints the head: `paint.muted`. */
  readonly head?: (text: string) => string
}

const gap = 2
/** Narrower than this a flexible column tells nothing. */
const least = 6

/** Takes from the widest flexible column until the table fits or nothing can give. */
const fit = (columns: readonly Column[], natural: readonly number[], room: number): readonly number[] => {
  const widths = [...natural]
  const total = (): number => widths.reduce((sum, width) => sum + width, 0) + gap * (widths.length - 1)
  while (total() > room) {
    let widest = -1
    columns.forEach((column, index) => {
      const width = widths[index] ?? 0
      if (column.flexible === true && width > least && width > (widths[widest] ?? 0)) widest = index
    })
    if (widest === -1) return widths
    widths[widest] = (widths[widest] ?? 0) - 1
  }
  return widths
}

/** Rows under a head, aligned by what is seen. Cells may be painted; a cell from outside goes through `visible` first. */
export const table = (
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { glyphs, width = 80, head = (text) => text }: TableOptions,
): string => {
  const natural = columns.map((column, index) =>
    Math.max(displayWidth(column.title), ...rows.map((row) => displayWidth(row[index] ?? ''))),
  )
  const widths = fit(columns, natural, width)
  const line = (cells: readonly string[]): string =>
    columns
      .map((column, index) => {
        const room = widths[index] ?? 0
        return pad(truncate(cells[index] ?? '', room), room, column.align)
      })
      .join(' '.repeat(gap))
      .trimEnd()
  const rule = widths.map((room) => glyphs.line.horizontal.repeat(room)).join(' '.repeat(gap))
  return [head(line(columns.map((column) => column.title))), head(rule), ...rows.map(line)].join('\n')
}

/** Names and values under each other: `Energy   12.48 kWh`. */
export const pairs = (
  rows: readonly (readonly [name: string, value: string])[],
  name: (text: string) => string = (text) => text,
): string => {
  const widest = Math.max(0, ...rows.map(([text]) => displayWidth(text)))
  return rows.map(([text, value]) => `${name(pad(text, widest))}  ${value}`.trimEnd()).join('\n')
}
