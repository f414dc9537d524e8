import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { WerenodeError } from '@werenode/core'
import { type Connection, connect } from './connection.ts'
import { storeFailure } from './failures.ts'

/** 'WERE' in ASCII: tells our files from any other SQLite file. */
const APPLICATION_ID = 0x57455245
/** Raised when the tables below change; `migrations[n]` brings a file from version n to n + 1. */
const SCHEMA_VERSION = 1

const migrations: readonly string[] = [
  `
  CREATE TABLE collections (name TEXT PRIMARY KEY, spec TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE series (n INTEGER PRIMARY KEY, series TEXT NOT NULL, key TEXT NOT NULL, UNIQUE (series, key));
  CREATE TABLE points (s INTEGER NOT NULL, at INTEGER NOT NULL, i INTEGER NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (s, at, i)) WITHOUT ROWID;
  `,
]

const number = (connection: Connection, pragma: string): number => Number(connection.first(`PRAGMA ${pragma}`)![0])

/** The schema version of a store, 0 for a new one. Throws when the file is not ours to write to; it is not touched then. */
const versionOf = (connection: Connection, file: string): number => {
  const applicationId = number(connection, 'application_id')
  const version = number(connection, 'user_version')
  const isEmpty = connection.first('SELECT 1 FROM sqlite_schema') === undefined
  // A file that died between its first bytes and its first commit is empty, and is simply begun again.
  if (applicationId !== APPLICATION_ID && !(applicationId === 0 && isEmpty)) {
    throw new WerenodeError(
      'store-unavailable',
      `The file ${file} belongs to another program, it is not a Werenode store`,
      {
        hint: 'Give the path of a store, or move the file away to begin with an empty store.',
      },
    )
  }
  if (version > SCHEMA_VERSION) {
    throw new WerenodeError(
      'store-unavailable',
      `The store ${file} has schema version ${version}, this Werenode knows ${SCHEMA_VERSION}`,
      { hint: 'It was written by a newer Werenode: update this one.' },
    )
  }
  return version
}

const migrate = (connection: Connection, version: number): void => {
  if (version === SCHEMA_VERSION) return
  connection.exec('BEGIN IMMEDIATE')
  for (const migration of migrations.slice(version)) connection.exec(migration)
  connection.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT`)
}

/**
 * Takes the file for this process alone, for as long as it lives: an open transaction on `<file>.lock` holds an advisory lock that
 * the system drops at process death, however it dies. (The data file itself stays in normal locking, so that a second connection
 * of this process can read beside the writer.) Throws `store-unavailable` when somebody else has it.
 */
export const lockFile = (file: string): { release(): void } => {
  const lock = `${file}.lock`
  try {
    // What people do and pay is in here: the folder is its owner's alone.
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new WerenodeError('store-unavailable', `The folder of the store ${file} cannot be made`, {
      hint: 'Check the path and the permissions of its parent.',
      cause: error,
    })
  }
  let connection: Connection | undefined
  try {
    connection = connect(lock)
    connection.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
  } catch (error) {
    connection?.close()
    throw storeFailure(error, file)
  }
  const held = connection
  return { release: () => held.close() }
}

/** Opens the file for writing, makes or migrates its schema. Throws `store-unavailable` in a sentence for whatever is wrong with it. */
export const openFile = (file: string): Connection => {
  let connection: Connection | undefined
  try {
    connection = connect(file)
    const version = versionOf(connection, file)
    connection.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA wal_autocheckpoint = 4000;
      PRAGMA journal_size_limit = 67108864;
      PRAGMA cache_size = -65536;
      PRAGMA temp_store = MEMORY;
    `)
    migrate(connection, version)
    return connection
  } catch (error) {
    connection?.close()
    throw storeFailure(error, file)
  }
}
