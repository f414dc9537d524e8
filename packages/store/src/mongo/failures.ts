import { WerenodeError } from '@werenode/core'
import { MongoBulkWriteError, MongoError, MongoServerError } from 'mongodb'

/** Server codes (error_codes.yml) in which the store is away rather than wrong. */
const away: Readonly<Record<number, readonly [what: string, hint: string]>> = {
  13: ['does not let this user do it', 'Give the user readWrite on the database.'],
  18: ['refused the user or the password', 'Check the user and the password of the URL.'],
  50: ['took too long', 'Look at the load of the server.'],
  64: ['could not reach a majority of its members', 'Look at the replica set; nothing that was acknowledged is lost.'],
  89: ['did not answer in time', 'Look at the network.'],
  91: ['is shutting down', 'Wait for it to come back.'],
  133: ['has no primary', 'Wait for an election.'],
  189: ['has just lost its primary', 'Wait for an election.'],
  10107: ['has just lost its primary', 'Wait for an election.'],
  11600: ['is shutting down', 'Wait for it to come back.'],
  11602: ['has just lost its primary', 'Wait for an election.'],
  13435: ['has no primary that may be read', 'Wait for an election.'],
  14031: ['is out of disk space', 'Free some space; nothing that was acknowledged is lost.'],
}
const tooLarge = new Set([10334, 17280, 17419, 17420])
const networkNames =
  /Network|ServerSelection|NotConnected|Topology|PoolCl|PoolCleared|Timeout|ExpiredSession|ClientClosed/

/** Never the URL itself: it may hold a password. */
export const storeFailure = (error: unknown, name: string): WerenodeError => {
  if (error instanceof WerenodeError) return error
  if (error instanceof MongoServerError || error instanceof MongoBulkWriteError) {
    const code = Number(error.code)
    const [what, hint] = away[code] ?? []
    if (what !== undefined)
      return new WerenodeError('store-unavailable', `The store ${name} ${what}`, {
        hint: hint!,
        data: { code },
        cause: error,
      })
    if (tooLarge.has(code)) return largeFailure(name, error)
  }
  if (error instanceof RangeError || (error instanceof MongoError && /larger than|too large/i.test(error.message)))
    return largeFailure(name, error)
  // A write of many that no server answered with a code broke on the way.
  const isBroken = error instanceof MongoBulkWriteError && error.code === undefined
  if (isBroken || (error instanceof MongoError && networkNames.test(error.name))) {
    return new WerenodeError('store-unavailable', `The store ${name} cannot be reached`, {
      hint: 'Check that the server runs and can be reached from here; nothing that was acknowledged is lost.',
      cause: error,
    })
  }
  return new WerenodeError(
    'internal',
    `The store ${name} failed: ${error instanceof Error ? error.message : String(error)}`,
    {
      cause: error,
    },
  )
}

const largeFailure = (name: string, cause: unknown): WerenodeError =>
  new WerenodeError('too-large', `A document is larger than the store ${name} takes`, {
    hint: 'MongoDB takes 16 MiB; put large things into the blob store.',
    cause,
  })

export const isDuplicate = (error: unknown): error is MongoServerError =>
  error instanceof MongoError && (error as { code?: unknown }).code === 11000

/** Name of the violated index; undefined when it is the document's id. */
export const violatedIndex = (error: MongoError): string | undefined => {
  const name = /index: (\S+) dup key/.exec(error.message)?.[1]
  return name === '_id_' ? undefined : name
}

/** Which of several inserts failed. */
export const failedAt = (error: MongoError): number => {
  if (!(error instanceof MongoBulkWriteError)) return 0
  const errors = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors]
  return errors[0]?.index ?? 0
}
