/** One line of a CSV file by column name, with the number of the line it begins on (the header is line 1). */
export interface CsvRow {
  readonly line: number
  readonly cells: Readonly<Record<string, string>>
}

/**
 * Reads CSV as it streams in (RFC 4180; `,` or `;`, told from the header; quotes, line breaks inside quotes, a BOM, missing and
 * superfluous cells are all borne). Memory holds one chunk and one row.
 */
export async function* readCsv(chunks: AsyncIterable<string>): AsyncGenerator<CsvRow> {
  let columns: readonly string[] | undefined
  for await (const { line, cells } of readRecords(chunks)) {
    if (!columns) {
      columns = cells.map((name) => name.trim().toLowerCase())
      continue
    }
    if (cells.length === 1 && cells[0]!.trim() === '') continue
    // Without a prototype: a column may be called anything.
    const row: Record<string, string> = Object.create(null)
    for (const [index, column] of columns.entries()) row[column] = cells[index]?.trim() ?? ''
    yield { line, cells: row }
  }
}

const quote = 0x22
const newline = 0x0a
const carriageReturn = 0x0d

async function* readRecords(chunks: AsyncIterable<string>): AsyncGenerator<{ line: number; cells: string[] }> {
  let rest = ''
  let line = 1
  let separator: number | undefined
  /** Parses one record from `at`; undefined when it goes on beyond the text. */
  const record = (text: string, at: number, last: boolean) => {
    const cells: string[] = []
    let lines = 0
    for (;;) {
      let cell = ''
      if (text.charCodeAt(at) === quote) {
        at += 1
        for (;;) {
          const end = text.indexOf('"', at)
          if (end < 0 || (end === text.length - 1 && !last)) {
            if (!last) return undefined
            cell += text.slice(at)
            at = text.length
            break
          }
          cell += text.slice(at, end)
          at = end + 1
          if (text.charCodeAt(at) !== quote) break
          cell += '"'
          at += 1
        }
        lines += cell.split('\n').length - 1
      }
      const from = at
      while (at < text.length && text.charCodeAt(at) !== separator && text.charCodeAt(at) !== newline) at += 1
      if (at >= text.length && !last) return undefined
      const to =
        text.charCodeAt(at) === newline && text.charCodeAt(at - 1) === carriageReturn && at > from ? at - 1 : at
      cells.push(cell + text.slice(from, to))
      if (text.charCodeAt(at) === separator) {
        at += 1
        continue
      }
      return { cells, next: at + 1, lines: lines + 1 }
    }
  }
  const drain = function* (text: string, last: boolean) {
    let at = 0
    while (at < text.length) {
      const read = record(text, at, last)
      if (!read) break
      yield { line, cells: read.cells }
      line += read.lines
      at = read.next
    }
    rest = text.slice(at)
  }
  for await (const chunk of chunks) {
    rest += chunk
    if (separator === undefined) {
      const end = rest.indexOf('\n')
      if (end < 0) continue
      rest = rest.replace(/^\uFEFF/, '')
      const header = rest.slice(0, end)
      separator = header.split(';').length > header.split(',').length ? 0x3b : 0x2c
    }
    yield* drain(rest, false)
  }
  separator ??= 0x2c
  yield* drain(rest.replace(/^\uFEFF/, ''), true)
}
