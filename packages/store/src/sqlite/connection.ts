import { DatabaseSync, type SQLOutputValue, type StatementSync } from 'node:sqlite'
import type { Sql, SqlValue } from './sql.ts'

export type Row = readonly SQLOutputValue[]

/** One SQLite connection with its prepared statements. Everything is synchronous: it lives in a worker thread. */
export interface Connection {
  readonly database: DatabaseSync
  exec(text: string): void
  /** Number of rows changed. */
  run(text: string, ...values: readonly SqlValue[]): number
  first(text: string, ...values: readonly SqlValue[]): Row | undefined
  all(sql: Sql): Row[]
  close(): void
}

const MAX_STATEMENTS = 800

export const connect = (file: string, options: { readOnly?: boolean; busyMs?: number } = {}): Connection => {
  const database = new DatabaseSync(file, { readOnly: options.readOnly ?? false, timeout: options.busyMs ?? 0 })
  const statements = new Map<string, StatementSync>()

  const prepare = (text: string): StatementSync => {
    let statement = statements.get(text)
    if (statement === undefined) {
      statement = database.prepare(text)
      statement.setReturnArrays(true)
      if (statements.size >= MAX_STATEMENTS) statements.delete(statements.keys().next().value!)
      statements.set(text, statement)
    }
    return statement
  }

  return {
    database,
    exec: (text) => database.exec(text),
    run: (text, ...values) => Number(prepare(text).run(...values).changes),
    first: (text, ...values) => prepare(text).get(...values) as unknown as Row | undefined,
    all: (sql) => prepare(sql.text).all(...sql.values) as unknown as Row[],
    close: () => {
      statements.clear()
      database.close()
    },
  }
}
