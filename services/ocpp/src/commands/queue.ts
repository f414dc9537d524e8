import { randomUUID } from 'node:crypto'
import { type Clock, type Doc, isWerenodeError, type Store, type Stored, WerenodeError } from '@werenode/core'
import type { Logger } from 'pino'
import type { Link } from '../link/open-link.ts'
import type { SendAny } from './send-any.ts'

/** A message for a station that is away, to be sent when it comes back before it expires. */
export interface QueuedCommand extends Doc {
  readonly _id: string
  readonly stationId: string
  readonly action: string
  readonly payload: unknown
  readonly queuedAt: string
  readonly expiresAt: string
  /** `sent`: on its way when something broke; whether the station heard it nobody knows, and it is not sent again. */
  readonly state: 'waiting' | 'sent' | 'answered' | 'failed' | 'expired' | 'withdrawn'
  readonly answer?: unknown
  readonly why?: string
}

const collection = 'ocpp_queued_commands'
const mostWaiting = 50

/** Keeps a message for later. Throws `rate-limited` when too many wait. */
export const queueCommand = async (
  { store, clock }: { store: Store; clock: Clock },
  {
    stationId,
    action,
    payload,
    expiresInS,
  }: { stationId: string; action: string; payload: unknown; expiresInS: number },
): Promise<string> => {
  if ((await store.count(collection, { stationId, state: 'waiting' })) >= mostWaiting)
    throw new WerenodeError('rate-limited', `${mostWaiting} messages already wait for station ${stationId}`, {
      hint: 'Withdraw some of them, or wait until the station is back.',
    })
  const now = clock()
  const doc: QueuedCommand = {
    _id: randomUUID(),
    stationId,
    action,
    payload,
    queuedAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + expiresInS * 1000).toISOString(),
    state: 'waiting',
  }
  await store.write([{ op: 'insert', in: collection, doc }])
  return doc._id
}

/** Newest first. One whose time has passed is told as expired, also before the station came back. */
export const queuedFor = async (
  { store, clock }: { store: Store; clock: Clock },
  stationId: string,
): Promise<readonly QueuedCommand[]> => {
  const { items } = await store.find<QueuedCommand>(collection, { stationId }, { sort: [['queuedAt', -1]], limit: 200 })
  const now = clock().toISOString()
  return items.map((item) => (item.state === 'waiting' && item.expiresAt <= now ? { ...item, state: 'expired' } : item))
}

/** False when it was sent already. */
export const withdrawCommand = async ({ store }: { store: Store }, id: string): Promise<boolean> => {
  const item = await store.get<QueuedCommand>(collection, id)
  return item?.state === 'waiting' && (await settle(store, item, { state: 'withdrawn' })) !== undefined
}

/** Undefined when somebody else changed it meanwhile. */
const settle = async (
  store: Store,
  { _rev, ...item }: Stored<QueuedCommand>,
  change: Partial<QueuedCommand>,
): Promise<Stored<QueuedCommand> | undefined> => {
  const doc: QueuedCommand = { ...item, ...change }
  try {
    const [rev] = await store.write([{ op: 'replace', in: collection, doc, rev: _rev }])
    return { ...doc, _rev: rev! }
  } catch (error) {
    if (isWerenodeError(error) && error.code === 'conflict') return undefined
    throw error
  }
}

/** Sends what waits for a station that was let in, in the order in which it was queued; each at most once. */
export const createSendQueued =
  ({ store, clock, log, sendAny }: { store: Store; clock: Clock; log: Logger; sendAny: SendAny }) =>
  async (link: Link): Promise<void> => {
    const { items } = await store.find<QueuedCommand>(
      collection,
      { stationId: link.stationId, state: 'waiting' },
      { sort: [['queuedAt', 1]], limit: mostWaiting },
    )
    for (const item of items) {
      if (item.expiresAt <= clock().toISOString()) {
        await settle(store, item, { state: 'expired' })
        continue
      }
      // On record before it goes out: after a crash it is not sent twice.
      const taken = await settle(store, item, { state: 'sent' })
      if (!taken) continue
      try {
        const { answer } = await sendAny(link, { action: item.action, payload: item.payload })
        await settle(store, taken, { state: 'answered', answer })
      } catch (error) {
        if (!isWerenodeError(error)) throw error
        log.info({ stationId: link.stationId, action: item.action, why: error.message }, 'A queued message failed')
        await settle(store, taken, { state: 'failed', why: error.message })
      }
    }
  }
