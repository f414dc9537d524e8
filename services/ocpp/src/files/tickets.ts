import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { type Clock, type Doc, isWerenodeError, type Store, type Stored, WerenodeError } from '@werenode/core'

/** Lets one station fetch one file, or leave one, once. */
export interface Ticket extends Doc {
  readonly _id: string
  readonly stationId: string
  readonly verb: 'get' | 'put'
  readonly blobKey: string
  readonly expiresAt: string
  /** Transfers begun: a broken one may be tried again, but not for ever. */
  readonly attempts: number
  /** Completed: it opens nothing any more. */
  readonly usedAt?: string
}

export interface Tickets {
  /** The last part of the address; its signature makes guessing useless. */
  issue(wanted: Pick<Ticket, 'stationId' | 'verb' | 'blobKey'> & { expiresInS: number }): Promise<string>
  /** Begins a transfer. Throws `not-found` for whatever opens nothing: forged, used, expired, tried too often, or of the other verb. */
  begin(token: string, verb: Ticket['verb']): Promise<Ticket>
  /** Ends a ticket. False when somebody else ended it meanwhile. */
  complete(ticket: Ticket): Promise<boolean>
}

const collection = 'ocpp_tickets'
const mostAttempts = 8

export const createTickets = ({ store, clock }: { store: Store; clock: Clock }): Tickets => {
  /** One for all processes on this store. */
  const secretOf = async (): Promise<Buffer> => {
    const known = await store.get<Doc & { key: string }>(collection, 'secret')
    if (known) return Buffer.from(known.key, 'base64')
    const doc = { _id: 'secret', key: randomBytes(32).toString('base64') }
    try {
      await store.write([{ op: 'insert', in: collection, doc }])
      return Buffer.from(doc.key, 'base64')
    } catch (error) {
      if (!(isWerenodeError(error) && error.code === 'conflict')) throw error
      return secretOf()
    }
  }
  let secret: Promise<Buffer> | undefined
  const signatureOf = async (id: string): Promise<Buffer> => {
    secret ??= secretOf()
    return createHmac('sha256', await secret)
      .update(id)
      .digest()
  }
  const nothing = new WerenodeError('not-found', 'This address leads nowhere (any more)')

  return {
    issue: async ({ expiresInS, ...wanted }) => {
      const _id = randomBytes(16).toString('base64url')
      const expiresAt = new Date(clock().getTime() + expiresInS * 1000).toISOString()
      const doc: Ticket = { _id, ...wanted, expiresAt, attempts: 0 }
      await store.write([{ op: 'insert', in: collection, doc }])
      return `${_id}.${(await signatureOf(_id)).toString('base64url')}`
    },
    begin: async (token, verb) => {
      const [id = '', signature = ''] = token.split('.')
      const [given, expected] = [Buffer.from(signature, 'base64url'), await signatureOf(id)]
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw nothing
      for (let round = 0; ; round += 1) {
        const ticket = await store.get<Ticket>(collection, id)
        const isOpen =
          ticket?.verb === verb &&
          ticket.usedAt === undefined &&
          ticket.attempts < mostAttempts &&
          ticket.expiresAt > clock().toISOString()
        if (!isOpen) throw nothing
        const { _rev, ...row } = ticket
        const doc: Ticket = { ...row, attempts: row.attempts + 1 }
        try {
          await store.write([{ op: 'replace', in: collection, doc, rev: _rev }])
          return doc
        } catch (error) {
          if (!(isWerenodeError(error) && error.code === 'conflict' && round < 8)) throw error
        }
      }
    },
    complete: async ({ _id }) => {
      const ticket: Stored<Ticket> | undefined = await store.get(collection, _id)
      if (!ticket || ticket.usedAt !== undefined) return false
      const { _rev, ...row } = ticket
      const doc: Ticket = { ...row, usedAt: clock().toISOString() }
      try {
        await store.write([{ op: 'replace', in: collection, doc, rev: _rev }])
        return true
      } catch (error) {
        if (isWerenodeError(error) && error.code === 'conflict') return false
        throw error
      }
    },
  }
}
