import { createHash } from 'node:crypto'
import { type CollectionSpec, type IndexSpec, WerenodeError } from '@werenode/core'
import { parsePath } from '../path.ts'
import type { Connection } from './connection.ts'
import { isConstraint } from './failures.ts'
import { conditionSql, type IsLiteral, quote, typeAt, valueAt } from './sql.ts'

/** A defined collection: where it lies and how it is indexed. */
export interface Collection {
  readonly name: string
  readonly table: string
  readonly spec: CollectionSpec
  /** Fields of an index by its name, to tell which one a document violated. */
  readonly indexes: ReadonlyMap<string, IndexSpec>
  /** Equalities that some partial index is limited to. */
  readonly isLiteral: IsLiteral
}

const refuse = (spec: CollectionSpec, message: string, hint?: string): never => {
  throw new WerenodeError(
    'invalid-input',
    `Collection ${JSON.stringify(spec.name)}: ${message}`,
    hint === undefined ? {} : { hint },
  )
}

/** Checks a spec as strictly as a filter: its names become part of the schema. */
export const checkSpec = (spec: CollectionSpec): void => {
  if (typeof spec.name !== 'string' || !/^[a-z][A-Za-z0-9_]{0,62}$/.test(spec.name)) {
    refuse(spec, 'not a name', 'Use <owner>_<things>: letters, digits and _, at most 63.')
  }
  for (const index of spec.indexes ?? []) {
    if (index.fields.length === 0 || index.fields.length > 8) refuse(spec, 'an index has 1 to 8 fields')
    for (const field of index.fields) parsePath(field, `Index of ${spec.name}`)
    for (const [path, value] of Object.entries(index.where ?? {})) {
      parsePath(path, `Index of ${spec.name}`)
      const fits =
        typeof value === 'boolean' ||
        Number.isSafeInteger(value) ||
        (typeof value === 'string' && /^[^\0]{0,200}$/.test(value))
      if (!fits) refuse(spec, `a partial index cannot be limited to ${path} = ${JSON.stringify(value)}`)
    }
  }
  for (const path of [...(spec.geo === undefined ? [] : [spec.geo]), ...(spec.text ?? [])]) {
    parsePath(path, `Geo or text of ${spec.name}`)
    if (path === '_id' || path === '_rev') refuse(spec, `${path} cannot be indexed for place or text`)
  }
  // SQLite keeps these indexes in tables of their own, which it names after the collection with such an ending.
  const ending = /_(?<geo>node|parent|rowid)$|_(?<text>data|idx|content|docsize|config)$/.exec(spec.name)?.groups
  if ((ending?.geo && spec.geo !== undefined) || (ending?.text && spec.text?.length)) {
    refuse(spec, 'SQLite needs this name for itself', 'Give a collection with geo or text another ending.')
  }
}

const indexName = (collection: string, index: IndexSpec): string => {
  const where = Object.entries(index.where ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  const identity = JSON.stringify([index.fields, index.unique ?? false, where])
  return `i_${collection}_${createHash('sha256').update(identity).digest('hex').slice(0, 12)}`
}

export const collectionOf = (spec: CollectionSpec): Collection => {
  const literals = new Set<string>()
  for (const index of spec.indexes ?? []) {
    for (const [path, value] of Object.entries(index.where ?? {})) literals.add(JSON.stringify([path, value]))
  }
  return {
    name: spec.name,
    table: `c_${spec.name}`,
    spec,
    indexes: new Map((spec.indexes ?? []).map((index) => [indexName(spec.name, index), index])),
    isLiteral: literals.size === 0 ? () => false : (path, value) => literals.has(JSON.stringify([path, value])),
  }
}

const createIndex = (collection: Collection, name: string, index: IndexSpec): string => {
  const keys = index.fields.map((field) => valueAt(field))
  // The id closes each plain index, so that a page sorted by it needs no further sorting.
  if (!index.unique && !index.fields.includes('_id')) keys.push('id')
  const where = Object.entries(index.where ?? {}).map(([path, value]) => ({ is: 'in', path, values: [value] }) as const)
  const limit = where.length === 0 ? '' : ` WHERE ${conditionSql({ is: 'and', parts: where }, () => true).text}`
  return `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX ${quote(name)} ON ${collection.table} (${keys.join(', ')})${limit}`
}

/** Triggers that keep the R*Tree beside the documents; a document without a valid position is simply not on the map. */
const createGeo = ({ name, table }: Collection, path: string): string => {
  const geo = `g_${name}`
  const lon = (doc: string) => valueAt(`${path}.lon`, doc)
  const lat = (doc: string) => valueAt(`${path}.lat`, doc)
  const row = (of: string) =>
    `INSERT INTO ${geo} SELECT ${of}n, ${lon(`${of}doc`)}, ${lon(`${of}doc`)}, ${lat(`${of}doc`)}, ${lat(`${of}doc`)}, ${lon(`${of}doc`)}, ${lat(`${of}doc`)}`
  const valid = (of: string) =>
    `${typeAt(`${path}.lon`, `${of}doc`)} IN ('integer','real') AND ${typeAt(`${path}.lat`, `${of}doc`)} IN ('integer','real')
     AND ${lon(`${of}doc`)} BETWEEN -180 AND 180 AND ${lat(`${of}doc`)} BETWEEN -90 AND 90`
  return `
    CREATE VIRTUAL TABLE ${geo} USING rtree (n, w, e, s, t, +lon, +lat);
    ${row('')} FROM ${table} WHERE ${valid('')};
    CREATE TRIGGER ${geo}_insert AFTER INSERT ON ${table} WHEN ${valid('new.')} BEGIN ${row('new.')}; END;
    CREATE TRIGGER ${geo}_delete AFTER DELETE ON ${table} BEGIN DELETE FROM ${geo} WHERE n = old.n; END;
    CREATE TRIGGER ${geo}_update AFTER UPDATE OF doc ON ${table}
      WHEN ${lon('new.doc')} IS NOT ${lon('old.doc')} OR ${lat('new.doc')} IS NOT ${lat('old.doc')}
      BEGIN DELETE FROM ${geo} WHERE n = old.n; ${row('new.')} WHERE ${valid('new.')}; END;`
}
const dropGeo = ({ name }: Collection): string =>
  ['insert', 'delete', 'update'].map((on) => `DROP TRIGGER IF EXISTS g_${name}_${on};`).join('') +
  `DROP TABLE IF EXISTS g_${name};`

/** Triggers that keep the full-text index; it holds no copy of the text. */
const createText = ({ name, table }: Collection, paths: readonly string[]): string => {
  const text = `t_${name}`
  const columns = paths.map((_, i) => `p${i}`).join(', ')
  const values = (of: string) => paths.map((path) => valueAt(path, `${of}doc`)).join(', ')
  const insert = (of: string) => `INSERT INTO ${text} (rowid, ${columns}) SELECT ${of}n, ${values(of)}`
  const changed = paths.map((path) => `${valueAt(path, 'new.doc')} IS NOT ${valueAt(path, 'old.doc')}`).join(' OR ')
  return `
    CREATE VIRTUAL TABLE ${text} USING fts5 (${columns}, content='', contentless_delete=1,
      tokenize="unicode61 remove_diacritics 2", prefix='2 3');
    ${insert('')} FROM ${table};
    CREATE TRIGGER ${text}_insert AFTER INSERT ON ${table} BEGIN ${insert('new.')}; END;
    CREATE TRIGGER ${text}_delete AFTER DELETE ON ${table} BEGIN DELETE FROM ${text} WHERE rowid = old.n; END;
    CREATE TRIGGER ${text}_update AFTER UPDATE OF doc ON ${table} WHEN ${changed}
      BEGIN DELETE FROM ${text} WHERE rowid = old.n; ${insert('new.')}; END;`
}
const dropText = ({ name }: Collection): string =>
  ['insert', 'delete', 'update'].map((on) => `DROP TRIGGER IF EXISTS t_${name}_${on};`).join('') +
  `DROP TABLE IF EXISTS t_${name};`

/** Brings the file from what it holds to what the spec says; runs inside the caller's transaction. */
const defineOne = (connection: Connection, collection: Collection): void => {
  const { name, table, spec } = collection
  const known = connection.first('SELECT spec FROM collections WHERE name = ?', name)
  const twin = connection.first('SELECT name FROM collections WHERE name = ? COLLATE NOCASE AND name <> ?', name, name)
  if (twin !== undefined) refuse(spec, `${String(twin[0])} differs from it only by capitals`)
  const before = known === undefined ? undefined : collectionOf(JSON.parse(String(known[0])))
  if (before === undefined) {
    connection.exec(
      `CREATE TABLE ${table} (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, rev INTEGER NOT NULL, doc TEXT NOT NULL)`,
    )
  }
  for (const old of before?.indexes.keys() ?? []) {
    if (!collection.indexes.has(old)) connection.exec(`DROP INDEX ${quote(old)}`)
  }
  for (const [index, indexSpec] of collection.indexes) {
    if (before?.indexes.has(index)) continue
    try {
      connection.exec(createIndex(collection, index, indexSpec))
    } catch (error) {
      if (!isConstraint(error)) throw error
      throw new WerenodeError(
        'conflict',
        `Collection ${name} already holds documents equal in ${indexSpec.fields.join(', ')}`,
        {
          hint: 'Remove the duplicates before making the index unique.',
          data: { in: name, index: indexSpec.fields.join(',') },
        },
      )
    }
  }
  if (spec.geo !== before?.spec.geo) {
    if (before?.spec.geo !== undefined) connection.exec(dropGeo(before))
    if (spec.geo !== undefined) connection.exec(createGeo(collection, spec.geo))
  }
  if (JSON.stringify(spec.text ?? []) !== JSON.stringify(before?.spec.text ?? [])) {
    if (before?.spec.text?.length) connection.exec(dropText(before))
    if (spec.text?.length) connection.exec(createText(collection, spec.text))
  }
  connection.run(
    'INSERT INTO collections (name, spec) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET spec = excluded.spec',
    name,
    JSON.stringify(spec),
  )
}

export const readCollections = (connection: Connection): Map<string, Collection> =>
  new Map(
    connection.all({ text: 'SELECT spec FROM collections', values: [] }).map(([spec]) => {
      const collection = collectionOf(JSON.parse(String(spec)) as CollectionSpec)
      return [collection.name, collection]
    }),
  )

/** All specs in one transaction; what is already as it should be costs nothing. */
export const defineAll = (
  connection: Connection,
  specs: readonly CollectionSpec[],
  known: Map<string, Collection>,
): void => {
  const changed = specs.filter((spec) => {
    const old = known.get(spec.name)
    return old === undefined || JSON.stringify(old.spec) !== JSON.stringify(spec)
  })
  if (changed.length === 0) return
  const made = changed.map(collectionOf)
  connection.exec('BEGIN IMMEDIATE')
  try {
    for (const collection of made) defineOne(connection, collection)
    connection.exec('COMMIT')
  } catch (error) {
    if (connection.database.isTransaction) connection.exec('ROLLBACK')
    throw error
  }
  for (const collection of made) known.set(collection.name, collection)
  connection.exec('PRAGMA analysis_limit = 400; PRAGMA optimize')
}
