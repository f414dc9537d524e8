import { WerenodeError } from '@werenode/core'
import { type Collection, defineAll, readCollections } from './collections.ts'
import type { Connection } from './connection.ts'
import { storeFailure } from './failures.ts'
import type { Calls, Reply, Request, Verb, WireError } from './protocol.ts'
import * as read from './read.ts'
import { applyOps } from './write.ts'

type Write = Extract<Request, { verb: 'write' }>
/** Most write calls in one transaction: bounds how long the first of them waits for the last. */
const MAX_GROUP = 2_000

const wireError = (error: unknown, file: string): WireError => {
  const { code, message, hint, data } = storeFailure(error, file)
  return { code, message, hint, data }
}

export interface Engine {
  /** Answers a turn of requests. Writes are answered after their common commit, so an answer means durable. */
  turn(requests: readonly Request[], reply: (replies: readonly Reply[]) => void): void
  close(): void
}

export const createEngine = (connection: Connection, file: string): Engine => {
  const collections = readCollections(connection)

  const collectionOf = (name: string): Collection => {
    const collection = collections.get(name)
    if (collection !== undefined) return collection
    throw new WerenodeError('invalid-input', `Collection ${JSON.stringify(name)} is not defined`, {
      hint: 'Call define() with its specification first.',
    })
  }

  const answerOne = (request: Exclude<Request, Write>): Calls[Verb]['answer'] => {
    switch (request.verb) {
      case 'define':
        defineAll(connection, request.ask, collections)
        return null
      case 'getMany':
        return read.getMany(connection, collectionOf(request.ask.in), request.ask.ids)
      case 'find':
        return read.find(connection, collectionOf(request.ask.in), request.ask)
      case 'count':
        return read.count(connection, collectionOf(request.ask.in), request.ask)
      case 'near':
        return read.near(connection, collectionOf(request.ask.in), request.ask)
      case 'box':
        return read.box(connection, collectionOf(request.ask.in), request.ask)
      case 'text':
        return read.text(connection, collectionOf(request.ask.in), request.ask)
      case 'range':
        return read.range(connection, request.ask)
    }
  }

  const attempt = (n: number, run: () => Calls[Verb]['answer']): Reply => {
    try {
      return { n, answer: run() }
    } catch (error) {
      return { n, error: wireError(error, file) }
    }
  }

  /** One write call inside the open transaction: a savepoint undoes it alone when it fails. */
  const writeOne = (write: Write): Reply => {
    connection.exec('SAVEPOINT one')
    try {
      const answer = applyOps(connection, collectionOf, write.ask)
      connection.exec('RELEASE one')
      return { n: write.n, answer }
    } catch (error) {
      // When the disk fails or fills, SQLite itself rolls the whole transaction back, and nobody's write is in it any more.
      if (!connection.database.isTransaction) throw error
      connection.exec('ROLLBACK TO one; RELEASE one')
      return { n: write.n, error: wireError(error, file) }
    }
  }

  const inTransaction = (run: () => readonly Reply[]): readonly Reply[] => {
    connection.exec('BEGIN IMMEDIATE')
    try {
      const replies = run()
      connection.exec('COMMIT')
      return replies
    } catch (error) {
      try {
        if (connection.database.isTransaction) connection.exec('ROLLBACK')
      } catch {
        // The failure that matters is the first one, and it is being told.
      }
      throw error
    }
  }

  const group = (writes: readonly Write[]): readonly Reply[] => {
    const [first] = writes
    try {
      // Alone in its transaction a write needs no savepoint, for which SQLite would copy every page that it touches.
      if (first && writes.length === 1)
        return inTransaction(() => [{ n: first.n, answer: applyOps(connection, collectionOf, first.ask) }])
      return inTransaction(() => writes.map(writeOne))
    } catch (error) {
      return writes.map(({ n }) => ({ n, error: wireError(error, file) }))
    }
  }

  return {
    turn: (requests, reply) => {
      // Reads first: they see what is committed and need not wait for the disk.
      const reads = requests.filter((request): request is Exclude<Request, Write> => request.verb !== 'write')
      if (reads.length > 0) reply(reads.map((request) => attempt(request.n, () => answerOne(request))))
      const writes = requests.filter((request): request is Write => request.verb === 'write')
      for (let i = 0; i < writes.length; i += MAX_GROUP) reply(group(writes.slice(i, i + MAX_GROUP)))
    },
    close: () => {
      connection.exec('PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE)')
      connection.close()
    },
  }
}
