import { WerenodeError } from '@werenode/core'

/** Primary result codes of SQLite (sqlite.org/rescode.html) in a sentence. */
const sentences: Readonly<Record<number, readonly [what: string, hint: string]>> = {
  5: [
    'is in use by another process',
    'Stop the other Werenode that uses this folder, or give this one another folder.',
  ],
  6: ['is locked', 'Stop whatever else has the file open.'],
  8: ['cannot be written', 'Make the file and its folder writable for this user.'],
  10: [
    'could not be read or written: the disk reported an error',
    'Check the disk; restore from a backup if the file is damaged.',
  ],
  11: ['is damaged', 'Restore it from a backup, or move it away to begin with an empty store.'],
  13: ['could not grow: the disk is full', 'Free some space; nothing that was acknowledged is lost.'],
  14: ['cannot be opened', 'Check that the folder exists and that this user may read and write it.'],
  23: ['may not be opened', 'Check the permissions of the file.'],
  26: ['is not a Werenode store', 'Give the path of a store, or move the file away to begin with an empty store.'],
}

interface SqliteError extends Error {
  readonly errcode: number
}
const isSqliteError = (error: unknown): error is SqliteError =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'

/** What SQLite threw, as the house's error: a fault of the file or the disk is `store-unavailable`, anything else `internal`. */
export const storeFailure = (error: unknown, file: string): WerenodeError => {
  if (error instanceof WerenodeError) return error
  if (isSqliteError(error)) {
    const [what, hint] = sentences[error.errcode & 0xff] ?? []
    if (what !== undefined) {
      return new WerenodeError('store-unavailable', `The store ${file} ${what}`, {
        hint: hint!,
        data: { sqlite: error.errcode },
        cause: error,
      })
    }
  }
  return new WerenodeError(
    'internal',
    `The store ${file} failed: ${error instanceof Error ? error.message : String(error)}`,
    {
      cause: error,
    },
  )
}

/** SQLITE_CONSTRAINT: a unique index or an existing id. */
export const isConstraint = (error: unknown): error is SqliteError =>
  isSqliteError(error) && (error.errcode & 0xff) === 19

/** Name of the violated index in SQLite's message, undefined when it is the document's id. */
export const violatedIndex = (error: Error): string | undefined => /index '([^']+)'/.exec(error.message)?.[1]
