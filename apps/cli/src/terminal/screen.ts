/**
 * What the command line draws with. On a terminal: colours, one line that is redrawn, a bar. Into a file or pipe: plain lines only.
 */
export interface Screen {
  /** True where a line can be redrawn and keys can be read. */
  readonly live: boolean
  print(text?: string): void
  /** Redraws the last line; on a pipe it is left out. */
  redraw(text: string): void
  /** Ends the redrawn line and keeps it. */
  keep(): void
  clear(): void
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly green: (text: string) => string
  readonly yellow: (text: string) => string
  readonly red: (text: string) => string
  readonly cyan: (text: string) => string
  bar(share: number, width?: number): string
}

const escapes = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g')
const widthOf = (text: string): number => text.replaceAll(escapes, '').length

export const createScreen = (
  stream: NodeJS.WriteStream = process.stdout,
  env: NodeJS.ProcessEnv = process.env,
): Screen => {
  const live = stream.isTTY === true && env.TERM !== 'dumb'
  const coloured = live && env.NO_COLOR === undefined
  const paint =
    (code: string) =>
    (text: string): string =>
      coloured ? `\x1b[${code}m${text}\x1b[0m` : text
  let drawn = false
  const erase = () => {
    if (drawn) stream.write('\r\x1b[2K')
    drawn = false
  }
  return {
    live,
    print: (text = '') => {
      erase()
      stream.write(`${text}\n`)
    },
    redraw: (text) => {
      if (!live) return
      // A line longer than the terminal would wrap, and only its last part would be redrawn.
      const fits = widthOf(text) < (stream.columns || 80)
      stream.write(`\r\x1b[2K${fits ? text : text.replaceAll(escapes, '').slice(0, (stream.columns || 80) - 1)}`)
      drawn = true
    },
    keep: () => {
      if (drawn) stream.write('\n')
      drawn = false
    },
    clear: erase,
    bold: paint('1'),
    dim: paint('2'),
    green: paint('32'),
    yellow: paint('33'),
    red: paint('31;1'),
    cyan: paint('36'),
    bar: (share, width = 20) => {
      const full = Math.round(Math.min(1, Math.max(0, share)) * width)
      return `${'█'.repeat(full)}${'░'.repeat(width - full)}`
    },
  }
}

/** Rows in columns, each as wide as its longest cell; the last is not padded. */
export const columns = (rows: readonly (readonly string[])[], gap = 2): readonly string[] => {
  const widths: number[] = []
  for (const row of rows)
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, widthOf(cell))
  return rows.map((row) =>
    row
      .map((cell, index) => (index === row.length - 1 ? cell : cell + ' '.repeat(widths[index]! - widthOf(cell) + gap)))
      .join(''),
  )
}
