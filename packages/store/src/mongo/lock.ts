import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { WerenodeError } from '@werenode/core'
import type { Collection, Db } from 'mongodb'
import { isDuplicate } from './failures.ts'

interface LockDoc {
  readonly _id: string
  readonly owner: string
  readonly expiresAt: Date
}
export const LOCKS = '_locks'
const HELD_MS = 20_000
const RENEW_MS = 5_000
const PATIENCE_MS = 120_000

/** By the server's clock, so that the clocks of the processes do not matter. */
const ours = (owner: string) => [{ $set: { owner, expiresAt: { $add: ['$$NOW', HELD_MS] } } }]

const take = async (locks: Collection<LockDoc>, name: string, owner: string): Promise<boolean> => {
  try {
    await locks.updateOne({ _id: name, $expr: { $lt: ['$expiresAt', '$$NOW'] } }, ours(owner), { upsert: true })
    return true
  } catch (error) {
    // The lock is there and has not expired: inserting a second one is what failed.
    if (isDuplicate(error)) return false
    throw error
  }
}

/** Runs alone among all processes of the database. The lock of a process that died is taken over after 20 s, and a TTL index removes it. */
export const underLock = async <T>(db: Db, name: string, run: () => Promise<T>): Promise<T> => {
  const locks = db.collection<LockDoc>(LOCKS)
  const owner = randomUUID()
  const startedAt = performance.now()
  while (!(await take(locks, name, owner))) {
    if (performance.now() - startedAt > PATIENCE_MS)
      throw new WerenodeError(
        'store-unavailable',
        `Another process has been changing the schema of the store for ${PATIENCE_MS / 1_000} s`,
        {
          hint: 'Wait for it, or end it: its lock expires 20 s after it.',
        },
      )
    await pause(50 + Math.random() * 100)
  }
  const renewing = setInterval(() => {
    // A renewal that fails is made up for by the next; the lock outlives three of them.
    locks.updateOne({ _id: name, owner }, ours(owner)).catch(() => undefined)
  }, RENEW_MS)
  try {
    return await run()
  } finally {
    clearInterval(renewing)
    await locks.deleteOne({ _id: name, owner })
  }
}
