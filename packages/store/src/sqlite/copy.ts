import { existsSync } from 'node:fs'
import { type CollectionSpec, WerenodeError } from '@werenode/core'
import type { PointPosition, Readable, ReadableDoc, ReadablePoint, Writable } from '../copy/readable.ts'
import { type Collection, checkSpec, defineAll, readCollections } from './collections.ts'
import { type Connection, connect } from './connection.ts'
import { storeFailure } from './failures.ts'
import { lockFile, openFile } from './file.ts'

const readsOf = (connection: Connection, file: string): Omit<Readable, 'close' | 'oneMoment'> => {
  const table = (name: string): string => {
    const found = readCollections(connection).get(name)
    if (found === undefined) throw new WerenodeError('invalid-input', `Collection ${name} is not in ${file}`)
    return found.table
  }
  return {
    name: file,
    specs: async () => [...readCollections(connection).values()].map(({ spec }) => spec),
    docs: async (collection, after, limit) =>
      connection
        .all({
          text: `SELECT id, rev, doc FROM ${table(collection)} ${after === undefined ? '' : 'WHERE id > ?'} ORDER BY id LIMIT ?`,
          values: after === undefined ? [limit] : [after, limit],
        })
        .map(([id, rev, doc]): ReadableDoc => {
          const { _id, ...fields } = JSON.parse(String(doc))
          return { id: String(id), rev: Number(rev), doc: fields }
        }),
    points: async (after, limit) => {
      const where = after === undefined ? '' : 'WHERE (s.series, s.key, p.at, p.i) > (?, ?, ?, ?)'
      return connection
        .all({
          text: `SELECT s.series, s.key, p.at, p.i, p.value FROM series s JOIN points p ON p.s = s.n ${where}
            ORDER BY s.series, s.key, p.at, p.i LIMIT ?`,
          values: after === undefined ? [limit] : [after.series, after.key, after.at, after.order, limit],
        })
        .map(
          ([series, key, at, order, value]): ReadablePoint => ({
            series: String(series),
            key: String(key),
            at: Number(at),
            order: Number(order),
            value: JSON.parse(String(value)),
          }),
        )
    },
  }
}

/** A file beside its node, which may run: one read transaction sees one moment. */
export const openSqliteReadable = async (file: string): Promise<Readable> => {
  if (!existsSync(file))
    throw new WerenodeError('not-found', `There is no store at ${file}`, { hint: 'Name the data folder of a node.' })
  try {
    const connection = connect(file, { readOnly: true, busyMs: 5_000 })
    connection.exec('BEGIN')
    return { ...readsOf(connection, file), oneMoment: true, close: async () => connection.close() }
  } catch (error) {
    throw storeFailure(error, file)
  }
}

/** A file of our own: no node may run on it. */
export const openSqliteWritable = async (file: string): Promise<Writable> => {
  const lock = lockFile(file)
  let connection: Connection
  try {
    connection = openFile(file)
  } catch (error) {
    lock.release()
    throw error
  }
  const all = (run: () => void): void => {
    connection.exec('BEGIN IMMEDIATE')
    try {
      run()
      connection.exec('COMMIT')
    } catch (error) {
      if (connection.database.isTransaction) connection.exec('ROLLBACK')
      throw storeFailure(error, file)
    }
  }
  const seriesOf = (point: PointPosition): number => {
    connection.run('INSERT INTO series (series, key) VALUES (?, ?) ON CONFLICT DO NOTHING', point.series, point.key)
    return Number(connection.first('SELECT n FROM series WHERE series = ? AND key = ?', point.series, point.key)![0])
  }
  connection.exec('CREATE TABLE IF NOT EXISTS copying (mark TEXT NOT NULL)')
  const known: Map<string, Collection> = readCollections(connection)
  return {
    ...readsOf(connection, file),
    oneMoment: true,
    define: async (specs: readonly CollectionSpec[]) => {
      for (const spec of specs) checkSpec(spec)
      defineAll(connection, specs, known)
    },
    putDocs: async (collection, docs) =>
      all(() => {
        const { table } = known.get(collection)!
        for (const { id, rev, doc } of docs)
          connection.run(
            `INSERT INTO ${table} (id, rev, doc) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET rev = excluded.rev, doc = excluded.doc`,
            id,
            rev,
            JSON.stringify({ _id: id, ...doc }),
          )
      }),
    putPoints: async (points) =>
      all(() => {
        for (const point of points)
          connection.run(
            'INSERT INTO points (s, at, i, value) VALUES (?, ?, ?, ?) ON CONFLICT (s, at, i) DO UPDATE SET value = excluded.value',
            seriesOf(point),
            point.at,
            point.order,
            JSON.stringify(point.value),
          )
      }),
    mark: async () => {
      const found = connection.first('SELECT mark FROM copying')
      return found === undefined ? undefined : String(found[0])
    },
    setMark: async (mark) =>
      all(() => {
        connection.exec('DELETE FROM copying')
        if (mark !== undefined) connection.run('INSERT INTO copying (mark) VALUES (?)', mark)
      }),
    isEmpty: async () => known.size === 0 && connection.first('SELECT 1 FROM points LIMIT 1') === undefined,
    close: async () => {
      connection.close()
      lock.release()
    },
  }
}
