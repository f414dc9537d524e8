import {
  type Clock,
  type CollectionSpec,
  type Doc,
  isoTime,
  isWerenodeError,
  type Store,
  type Stored,
  type WriteOp,
} from '@werenode/core'

/** Something on its way to somebody outside. Written with what it tells of, so that neither exists without the other. */
export interface OutgoingDoc extends Doc {
  readonly kind: string
  /** Whose it is: a webhook's or an account's id. */
  readonly of: string
  readonly state: 'waiting' | 'sent' | 'failed'
  readonly createdAt: string
  readonly nextAt: string
  readonly tries: number
  readonly payload: unknown
  readonly status?: number
  readonly problem?: string
}

const collection = 'api_outgoing'
export const outgoingCollection: CollectionSpec = {
  name: collection,
  indexes: [{ fields: ['state', 'nextAt'] }, { fields: ['of', 'createdAt'] }, { fields: ['createdAt'] }],
}

/** 10 s, then doubling up to 6 h: the twelfth try is a day later. */
const firstPauseMs = 10_000
const longestPauseMs = 6 * 3_600_000
export const mostTries = 12
const lookEveryMs = 2_000
const keepMs = 30 * 24 * 3_600_000
const atOnce = 8

/** `done`: it arrived. `never`: it never will, do not try again. */
export type Fate = { readonly is: 'done' | 'again' | 'never'; readonly status?: number; readonly problem?: string }
export type Sender = (payload: never, row: OutgoingDoc) => Promise<Fate>

/** Durable deliveries with retries; each is taken before it is sent, so that of two processes one sends it. */
export const createOutgoing = (deps: {
  store: Store
  clock: Clock
  senders: Readonly<Record<string, Sender>>
  /** Told when nothing could be looked at or sent; it goes on by itself. */
  onProblem: (error: unknown) => void
}) => {
  const { store, clock, senders } = deps
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()

  const send = async (row: Stored<OutgoingDoc>): Promise<void> => {
    const { _rev, problem: _before, status: _was, ...doc } = row
    const tries = doc.tries + 1
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** doc.tries)
    const taken: OutgoingDoc = { ...doc, tries, nextAt: isoTime(new Date(clock().getTime() + pauseMs)) }
    const rev = await store.write([{ op: 'replace', in: collection, doc: taken, rev: _rev }]).then(
      ([first]) => first,
      (error: unknown) => {
        // Another process took it first.
        if (isWerenodeError(error) && error.code === 'conflict') return undefined
        throw error
      },
    )
    if (rev === undefined) return
    const fate = await (senders[doc.kind]?.(doc.payload as never, doc) ?? Promise.resolve<Fate>({ is: 'never' })).catch(
      (error: unknown): Fate => ({ is: 'again', problem: error instanceof Error ? error.message : String(error) }),
    )
    const state = fate.is === 'done' ? 'sent' : fate.is === 'never' || tries >= mostTries ? 'failed' : 'waiting'
    const after: OutgoingDoc = {
      ...taken,
      state,
      ...(fate.status === undefined ? {} : { status: fate.status }),
      ...(fate.problem === undefined ? {} : { problem: fate.problem.slice(0, 300) }),
    }
    await store.write([{ op: 'replace', in: collection, doc: after, rev }])
  }

  const sendDue = async (): Promise<void> => {
    const { items } = await store.find<OutgoingDoc>(
      collection,
      { state: 'waiting', nextAt: { $lte: isoTime(clock()) } },
      { sort: [['nextAt', 1]], limit: 100 },
    )
    for (let at = 0; at < items.length; at += atOnce) await Promise.all(items.slice(at, at + atOnce).map(send))
  }

  return {
    /** The row to write with what it tells of. The same id again is a conflict. */
    post(row: { id: string; kind: string; of: string; payload: unknown }): WriteOp {
      const at = isoTime(clock())
      const { id, kind, of, payload } = row
      const doc: OutgoingDoc = { _id: id, kind, of, state: 'waiting', createdAt: at, nextAt: at, tries: 0, payload }
      return { op: 'insert', in: collection, doc }
    },
    sendDue,
    list: async (of: string) =>
      (await store.find<OutgoingDoc>(collection, { of }, { sort: [['createdAt', -1]], limit: 200 })).items,
    find: (id: string) => store.get<OutgoingDoc>(collection, id),
    /** Tries a failed one again from the start. */
    async again({ _rev, problem: _problem, ...doc }: Stored<OutgoingDoc>): Promise<void> {
      const fresh: OutgoingDoc = { ...doc, state: 'waiting', tries: 0, nextAt: isoTime(clock()) }
      await store.write([{ op: 'replace', in: collection, doc: fresh, rev: _rev }])
    },
    start(): void {
      const look = (): void => {
        running = sendDue()
          .catch(deps.onProblem)
          .finally(() => {
            if (timer) timer = setTimeout(look, lookEveryMs)
          })
      }
      timer = setTimeout(look, 0)
    },
    async stop(): Promise<void> {
      clearTimeout(timer)
      timer = undefined
      await running
    },
    async sweep(): Promise<void> {
      const before = isoTime(new Date(clock().getTime() - keepMs))
      for (;;) {
        const { items } = await store.find(collection, { createdAt: { $lt: before } }, { limit: 500 })
        if (items.length === 0) return
        await store.write(items.map(({ _id }) => ({ op: 'delete', in: collection, id: _id })))
      }
    },
  }
}
export type Outgoing = ReturnType<typeof createOutgoing>
