import { type ReactNode, useMemo, useState } from 'react'
import { Icon } from '../look/Icon'
import { useWords } from '../words/useWords'
import { saveFile } from './save-file'

export interface Column<Row> {
  readonly title: string
  /** What it is sorted, filtered and exported by. */
  readonly value: (row: Row) => string | number
  readonly show?: (row: Row) => ReactNode
  readonly number?: boolean
}

/** A table that filters, sorts and exports. */
export const DataTable = <Row,>({
  label,
  columns,
  rows,
  keyOf,
  fileName,
  actions,
  empty,
  first = { column: 0, down: false },
}: {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string
  fileName: string
  actions?: (row: Row) => ReactNode
  empty?: string
  /** How it is sorted at first. */
  first?: { readonly column: number; readonly down: boolean }
}) => {
  const { t } = useWords()
  const [words, setWords] = useState('')
  const [sort, setSort] = useState(first)
  const shown = useMemo(() => {
    const wanted = words.trim().toLowerCase()
    const { value } = columns[sort.column]!
    const compare = (one: Row, other: Row): number => {
      const [a, b] = [value(one), value(other)]
      return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b))
    }
    const fitting = rows.filter((row) =>
      columns.some((column) => String(column.value(row)).toLowerCase().includes(wanted)),
    )
    return fitting.sort((one, other) => (sort.down ? -1 : 1) * compare(one, other))
  }, [rows, columns, words, sort])

  const save = (): void => {
    const text = [columns.map(({ title }) => title), ...shown.map((row) => columns.map(({ value }) => value(row)))]
      .map((line) => line.map(csvCell).join(','))
      .join('\r\n')
    saveFile(`\uFEFF${text}\r\n`, fileName, 'text/csv')
  }

  return (
    <>
      <div className="wn-table__tools">
        <input
          type="search"
          value={words}
          aria-label={t('desk.filter')}
          placeholder={t('desk.filter')}
          onChange={({ target }) => setWords(target.value)}
        />
        <button type="button" className="wn-button wn-button--small" onClick={save}>
          <Icon name="download" size={18} /> {t('desk.export')}
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1). */}
      <section className="wn-table" aria-label={label} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {columns.map(({ title, number }, index) => (
                <th
                  key={title}
                  scope="col"
                  className={number ? 'wn-number' : undefined}
                  aria-sort={sort.column === index ? (sort.down ? 'descending' : 'ascending') : undefined}
                >
                  <button
                    type="button"
                    onClick={() => setSort({ column: index, down: sort.column === index && !sort.down })}
                  >
                    {title}
                    <Icon name={sort.column === index ? (sort.down ? 'chevronDown' : 'chevronUp') : 'sort'} size={14} />
                  </button>
                </th>
              ))}
              {actions ? (
                <th scope="col" className="wn-row-actions">
                  {t('desk.actions')}
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={keyOf(row)} data-row={keyOf(row)}>
                {columns.map(({ title, value, show, number }) => (
                  <td key={title} className={number ? 'wn-number' : undefined}>
                    {show ? show(row) : value(row)}
                  </td>
                ))}
                {actions ? <td className="wn-row-actions">{actions(row)}</td> : null}
              </tr>
            ))}
          </tbody>
        </table>
        {shown.length === 0 ? <p className="wn-empty">{empty ?? t('table.empty')}</p> : null}
      </section>
      <p className="wn-hint" role="status">
        {shown.length === 0 ? null : t('table.rows', { count: shown.length })}
      </p>
    </>
  )
}

/** A cell that begins like a formula is text to a spreadsheet, not a program. */
const csvCell = (value: string | number): string => {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
