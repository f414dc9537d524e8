import { isWerenodeError, type SessionView } from '@werenode/core'
import type { CosignOutcome } from './charging.ts'
import type { Locations } from './locations.ts'
import type { LoginHttp } from './login.ts'
import { jsonIn, type Storage } from './storage.ts'

/** Something this device still has to say to the node. */
export interface Pending {
  readonly kind: 'stop' | 'cosign'
  readonly sessionId: string
  readonly since: string
}

export interface Offline {
  /**
   * Stops a session now, or as soon as the node can be reached again: `sent` says which. A stop that waits is kept in the storage; the
   * cable can be pulled at any time.
   *
   * @example
   * const { sent } = await werenode.offline.stop(session.id)
   * if (!sent) console.log('It is stopped when you are back online. You may also unplug.')
   */
  stop(sessionId: string): Promise<{ readonly sent: boolean; readonly session?: SessionView }>
  /**
   * Co-signs a receipt now, or later.
   *
   * @example
   * const { sent } = await werenode.offline.cosign(session.id)
   */
  cosign(sessionId: string): Promise<{ readonly sent: boolean; readonly outcome?: CosignOutcome }>
  /**
   * What waits to be said.
   *
   * @example
   * for (const { kind, sessionId } of await werenode.offline.pending()) console.log(kind, sessionId)
   */
  pending(): Promise<readonly Pending[]>
  /**
   * Says what waits; call it when the device is online again. What the node refuses for good (a session that is over) is dropped, and told.
   *
   * @example
   * const { sent, dropped, left } = await werenode.offline.flush()
   */
  flush(): Promise<{ readonly sent: number; readonly dropped: readonly Pending[]; readonly left: number }>
  /**
   * When the places shown were last told by the node; undefined: just now, or never.
   *
   * @example
   * const asOf = werenode.offline.asOf()
   * if (asOf) console.log(`As of ${asOf.toISOString()}`)
   */
  asOf(): Date | undefined
}

/** The last answers kept, so many; the longest unasked are forgotten first. */
const keptAnswers = 50
interface Kept {
  readonly key: string
  readonly at: string
  readonly answer: unknown
}

/** What a client does while the node is away: shows what it last knew, keeps what it has to say. */
export const createOffline = (deps: {
  http: LoginHttp
  storage: Storage
  baseUrl: string
  clock: () => Date
  cosign: (sessionId: string) => Promise<CosignOutcome>
}): Offline & { remembering(locations: Locations): Locations } => {
  const { http, clock } = deps
  const outbox = jsonIn<readonly Pending[]>(deps.storage, `werenode:outbox:${deps.baseUrl}`)
  const known = jsonIn<readonly Kept[]>(deps.storage, `werenode:places:${deps.baseUrl}`)
  let staleSince: Date | undefined
  /** One change of a list at a time. */
  let writing: Promise<unknown> = Promise.resolve()
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const next = writing.then(work, work)
    // Whoever asked is told by `next`; the one after waits for its end, good or bad.
    writing = next.catch(() => undefined)
    return next
  }

  const say: Record<Pending['kind'], (sessionId: string) => Promise<unknown>> = {
    stop: (sessionId) =>
      http.json(`/v1/sessions/${encodeURIComponent(sessionId)}/stop`, {
        method: 'POST',
        idempotencyKey: `stop-${sessionId}`,
      }),
    cosign: deps.cosign,
  }
  const same = (a: Pending, b: Pending): boolean => a.kind === b.kind && a.sessionId === b.sessionId
  const later = (one: Pending): Promise<void> =>
    alone(async () => {
      const list = (await outbox.get()) ?? []
      if (!list.some((other) => same(one, other))) await outbox.set([...list, one])
    })
  const nowOrLater = async <T>(kind: Pending['kind'], sessionId: string): Promise<{ sent: boolean; answer?: T }> => {
    try {
      return { sent: true, answer: (await say[kind](sessionId)) as T }
    } catch (error) {
      if (!isAway(error)) throw error
      await later({ kind, sessionId, since: clock().toISOString() })
      return { sent: false }
    }
  }

  /** The node's answer; when it is away, the last one to the same question. */
  const orLast = async <T>(key: string, ask: () => Promise<T>): Promise<T> => {
    try {
      const answer = await ask()
      staleSince = undefined
      // A storage that is full keeps nothing for later; what was asked for is here all the same.
      await alone(async () => {
        const others = ((await known.get()) ?? []).filter((one) => one.key !== key)
        await known.set([{ key, at: clock().toISOString(), answer }, ...others].slice(0, keptAnswers))
      }).catch(() => undefined)
      return answer
    } catch (error) {
      const last = isAway(error) ? (await known.get())?.find((one) => one.key === key) : undefined
      if (!last) throw error
      staleSince = new Date(last.at)
      return last.answer as T
    }
  }

  return {
    async stop(sessionId) {
      const { sent, answer } = await nowOrLater<SessionView>('stop', sessionId)
      return { sent, ...(answer === undefined ? {} : { session: answer }) }
    },
    async cosign(sessionId) {
      const { sent, answer } = await nowOrLater<CosignOutcome>('cosign', sessionId)
      return { sent, ...(answer === undefined ? {} : { outcome: answer }) }
    },
    pending: async () => (await outbox.get()) ?? [],
    flush: async () => {
      let sent = 0
      const dropped: Pending[] = []
      for (const one of (await outbox.get()) ?? []) {
        try {
          await say[one.kind](one.sessionId)
          sent += 1
        } catch (error) {
          if (isAway(error) || needsLogin(error)) break
          if (!isWerenodeError(error)) throw error
          dropped.push(one)
        }
        await alone(async () => outbox.set(((await outbox.get()) ?? []).filter((other) => !same(one, other))))
      }
      return { sent, dropped, left: ((await outbox.get()) ?? []).length }
    },
    asOf: () => staleSince,
    remembering: (locations) => {
      const search: Locations['search'] = (wish, cursor) =>
        orLast(JSON.stringify(['search', wish, cursor]), () => locations.search(wish, cursor))
      return {
        ...locations,
        search,
        async *all(wish) {
          let cursor: string | undefined
          do {
            const { items, next } = await search(wish, cursor)
            yield* items
            cursor = next
          } while (cursor !== undefined)
        },
        get: (id) => orLast(JSON.stringify(['get', id]), () => locations.get(id)),
        evse: (text) => orLast(JSON.stringify(['evse', text]), () => locations.evse(text)),
      }
    },
  }
}

/** The node cannot be reached: nothing was said. */
const isAway = (error: unknown): boolean =>
  isWerenodeError(error) && (error.code === 'no-responder' || error.code === 'timeout')
const needsLogin = (error: unknown): boolean => isWerenodeError(error) && error.code === 'not-authenticated'
