import { WerenodeError } from '@werenode/core'
import type { Collection } from './collections.ts'
import type { Connection } from './connection.ts'
import { isConstraint, violatedIndex } from './failures.ts'
import type { WireOp } from './protocol.ts'

type DocOp = Exclude<WireOp, { op: 'append' }>

const conflict = (op: DocOp, at: number, why: string, data: Readonly<Record<string, unknown>> = {}): never => {
  throw new WerenodeError('conflict', `${op.in} ${op.id}: ${why}`, {
    hint: 'Read it again and decide anew.',
    data: { op: at, in: op.in, id: op.id, ...data },
  })
}

const revision = (connection: Connection, table: string, id: string): number =>
  Number(connection.first(`SELECT rev FROM ${table} WHERE id = ?`, id)?.[0] ?? 0)

const staleRev = (connection: Connection, table: string, op: DocOp & { rev?: number }, at: number): never => {
  const found = revision(connection, table, op.id)
  return conflict(op, at, found === 0 ? 'does not exist' : `is at revision ${found}, not ${op.rev}`, { rev: found })
}

/** Turns a violated constraint into `conflict`, naming the index. */
const guarded = <T>(collection: Collection, op: DocOp, at: number, run: () => T): T => {
  try {
    return run()
  } catch (error) {
    if (!isConstraint(error)) throw error
    const index = collection.indexes.get(violatedIndex(error) ?? '')
    if (index === undefined) return conflict(op, at, 'already exists')
    return conflict(op, at, `another document has the same ${index.fields.join(', ')}`, {
      index: index.fields.join(','),
    })
  }
}

const applyDoc = (connection: Connection, collection: Collection, op: DocOp, at: number): number => {
  const { table } = collection
  switch (op.op) {
    case 'insert':
      guarded(collection, op, at, () =>
        connection.run(`INSERT INTO ${table} (id, rev, doc) VALUES (?, 1, ?)`, op.id, op.json),
      )
      return 1
    case 'replace': {
      const sql = `UPDATE ${table} SET rev = rev + 1, doc = ? WHERE id = ? AND rev = ?`
      const changed = guarded(collection, op, at, () => connection.run(sql, op.json, op.id, op.rev))
      return changed === 1 ? op.rev + 1 : staleRev(connection, table, op, at)
    }
    case 'put': {
      const sql = `INSERT INTO ${table} (id, rev, doc) VALUES (?, 1, ?)
        ON CONFLICT (id) DO UPDATE SET rev = rev + 1, doc = excluded.doc RETURNING rev`
      return guarded(collection, op, at, () => Number(connection.first(sql, op.id, op.json)![0]))
    }
    case 'delete':
      if (op.rev === undefined) connection.run(`DELETE FROM ${table} WHERE id = ?`, op.id)
      else if (connection.run(`DELETE FROM ${table} WHERE id = ? AND rev = ?`, op.id, op.rev) === 0) {
        staleRev(connection, table, op, at)
      }
      return 0
    case 'check': {
      const found = revision(connection, table, op.id)
      if (found !== op.rev) {
        if (op.rev === 0) conflict(op, at, 'already exists', { rev: found })
        staleRev(connection, table, op, at)
      }
      return found
    }
  }
}

const append = (connection: Connection, op: WireOp & { op: 'append' }): number => {
  if (op.points.length === 0) return 0
  connection.run('INSERT INTO series (series, key) VALUES (?, ?) ON CONFLICT DO NOTHING', op.series, op.key)
  const n = Number(connection.first('SELECT n FROM series WHERE series = ? AND key = ?', op.series, op.key)![0])
  for (const [at, json] of op.points) {
    connection.run(
      'INSERT INTO points (s, at, i, value) VALUES (?1, ?2, (SELECT coalesce(max(i), 0) + 1 FROM points WHERE s = ?1 AND at = ?2), ?3)',
      n,
      at,
      json,
    )
  }
  return 0
}

/** Applies the ops of one write call; the caller wraps it so that a throw undoes them all. */
export const applyOps = (
  connection: Connection,
  collectionOf: (name: string) => Collection,
  ops: readonly WireOp[],
): readonly number[] =>
  ops.map((op, at) => (op.op === 'append' ? append(connection, op) : applyDoc(connection, collectionOf(op.in), op, at)))
