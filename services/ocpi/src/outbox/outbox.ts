import { type Clock, faultPoint, type Store, type Stored } from '@werenode/core'
import type { Logger } from 'pino'
import type { ObjectDoc, OutboxDoc, Partner } from '../collections.ts'
import { docId, plainId } from '../objects/object-id.ts'
import { rowId } from './rows.ts'
import type { Sent } from './send.ts'
import { createSettler } from './settle.ts'

export interface OutboxOptions {
  readonly store: Store
  readonly clock: Clock
  readonly log: Logger
  readonly send: (partner: Partner, doc: ObjectDoc, row: OutboxDoc) => Promise<Sent>
  readonly trouble: (partnerId: string, about: string, message: string) => Promise<void>
  /** Requests under way to one partner. Default 4. */
  readonly perPartner?: number
  /** First and longest pause after a failure. Default 1 s and 5 min. */
  readonly firstPauseMs?: number
  readonly longestPauseMs?: number
}

/** Rows that were read longer ago are read again, ms. */
const readyForMs = 500
/** While pushes are under way, what comes due meanwhile is looked for this often, ms. */
const lookEveryMs = 250
/** Longest that a partner is still left alone after it has called us, ms. */
const backWithinMs = 1_000

/**
 * Pays what partners are owed: one durable row per partner and object, so a later state never overtakes an earlier one and a
 * burst of changes becomes one push of the last. A partner that is away is asked more and more seldom; nothing is lost.
 */
export const createOutbox = (options: OutboxOptions) => {
  const { store, clock, log, perPartner = 4, firstPauseMs = 1_000, longestPauseMs = 300_000 } = options
  const underWay = new Set<string>()
  const perPartnerCount = new Map<string, number>()
  /** Partners that did not answer at all: until when nothing is tried, and how long that is. */
  const away = new Map<string, { untilMs: number; pauseMs: number }>()
  const running = new Set<Promise<void>>()
  let looking: Promise<void> | undefined
  let lookAgain = false
  let timer: NodeJS.Timeout | undefined
  let stopped = true

  const kick = (): void => {
    if (stopped) return
    lookAgain = true
    looking ??= look().finally(() => {
      looking = undefined
    })
  }

  const look = async (): Promise<void> => {
    while (lookAgain && !stopped) {
      lookAgain = false
      try {
        await takeDue()
      } catch (error) {
        log.error({ err: error }, 'What partners are owed could not be read')
        schedule(1_000)
      }
    }
  }

  const { settle, isPast } = createSettler({ store, onOvertaken: () => kick() })
  /** What was owed before this process began may have been on its way when the one before it ended. */
  let startedAt = ''

  /** Rows that were read and wait for room: the next is begun without reading the store again. */
  let ready:
    | {
        readonly atMs: number
        readonly rows: Stored<OutboxDoc>[]
        readonly partners: ReadonlyMap<string, Partner>
        readonly docs: ReadonlyMap<string, ObjectDoc>
      }
    | undefined

  /** Begins what fits of the rows read; true when there was something to begin. */
  const beginReady = (): boolean => {
    if (stopped || ready === undefined || clock().getTime() - ready.atMs > readyForMs) {
      ready = undefined
      return false
    }
    const { rows, partners, docs } = ready
    let begun = false
    for (let index = 0; index < rows.length; ) {
      const row = rows[index]!
      const full = (perPartnerCount.get(row.partnerId) ?? 0) >= limitOf(row.partnerId)
      if (full) index += 1
      else {
        rows.splice(index, 1)
        if (underWay.has(row._id) || isAway(row.partnerId) || isPast(row)) continue
        begin(row, partners.get(row.partnerId), docs.get(row.objectId))
        begun = true
      }
    }
    if (rows.length === 0) ready = undefined
    return begun
  }
  const isAway = (partnerId: string): boolean => (away.get(partnerId)?.untilMs ?? 0) > clock().getTime()

  const takeDue = async (): Promise<void> => {
    const now = clock()
    const pausedPartners = [...away].filter(([, { untilMs }]) => untilMs > now.getTime()).map(([id]) => id)
    const full = [...perPartnerCount].filter(([id, count]) => count >= limitOf(id)).map(([id]) => id)
    const skipped = [...new Set([...pausedPartners, ...full])]
    const { items } = await store.find<OutboxDoc>(
      'ocpi_outbox',
      {
        owed: true,
        dueAt: { $lte: now.toISOString() },
        ...(skipped.length > 0 ? { partnerId: { $nin: skipped } } : {}),
      },
      { sort: [['dueAt', 1]], limit: 200 },
    )
    if (items.length === 0) return scheduleNext(pausedPartners, now)
    const creditors = [...new Set(items.map(({ partnerId }) => partnerId))]
    const partners = new Map((await store.getMany<Partner>('ocpi_partners', creditors)).map((one) => [one._id, one]))
    // Read after the rows, so never older than what they are owed for; one object is owed to many partners.
    const objects = [...new Set(items.map(({ objectId }) => objectId))]
    const docs = new Map((await store.getMany<ObjectDoc>('ocpi_objects', objects)).map((doc) => [doc._id, doc]))
    ready = { atMs: now.getTime(), rows: items.filter(({ _id }) => !underWay.has(_id)), partners, docs }
    beginReady()
    if (running.size > 0) schedule(lookEveryMs)
    else await scheduleNext(pausedPartners, now)
  }

  /** A partner that was away is tried by one request, not by all it is owed. */
  const limitOf = (partnerId: string): number => (away.has(partnerId) ? 1 : perPartner)

  const scheduleNext = async (pausedPartners: readonly string[], now: Date): Promise<void> => {
    const next = await store.find<OutboxDoc>(
      'ocpi_outbox',
      { owed: true, dueAt: { $gt: now.toISOString() } },
      { sort: [['dueAt', 1]], limit: 1 },
    )
    const times = [
      ...next.items.map(({ dueAt }) => Date.parse(dueAt)),
      ...pausedPartners.map((id) => away.get(id)?.untilMs ?? now.getTime()),
    ]
    if (times.length > 0) schedule(Math.max(10, Math.min(...times) - clock().getTime()))
  }

  const schedule = (inMs: number): void => {
    if (stopped) return
    clearTimeout(timer)
    timer = setTimeout(kick, Math.min(inMs, 60_000))
    timer.unref()
  }

  const begin = (row: Stored<OutboxDoc>, partner: Partner | undefined, doc: ObjectDoc | undefined): void => {
    underWay.add(row._id)
    perPartnerCount.set(row.partnerId, (perPartnerCount.get(row.partnerId) ?? 0) + 1)
    const task = pay(row, partner, doc)
      .catch((error: unknown) => {
        log.error({ err: error, partnerId: row.partnerId, object: row.objectId }, 'A push failed inside')
        schedule(1_000)
      })
      .finally(() => {
        underWay.delete(row._id)
        perPartnerCount.set(row.partnerId, perPartnerCount.get(row.partnerId)! - 1)
        running.delete(task)
        if (!beginReady()) kick()
      })
    running.add(task)
  }

  const pay = async (
    row: Stored<OutboxDoc>,
    partner: Partner | undefined,
    doc: ObjectDoc | undefined,
  ): Promise<void> => {
    if (partner === undefined || partner.state !== 'registered' || doc === undefined)
      return void (await settle(row, { owed: false }))
    if (partner.paused) return void (await settle(row, { dueAt: new Date(clock().getTime() + 60_000).toISOString() }))
    if (await waitsForSession(row, doc))
      return void (await settle(row, { dueAt: new Date(clock().getTime() + 200).toISOString() }))
    const outcome = await options.send(partner, doc, known(row))
    faultPoint('ocpi.outbox.sent')
    if (outcome.done) {
      if (away.delete(row.partnerId)) void hurry(row.partnerId)
      await settle(row, { owed: false, attempts: 0, ...(outcome.sent ? { sent: outcome.sent } : {}) })
      return
    }
    const attempts = row.attempts + 1
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(attempts - 1, 20))
    if (!outcome.answered && outcome.retriable) restPartner(row.partnerId)
    else if (outcome.answered) away.delete(row.partnerId)
    await settle(row, {
      attempts,
      ...(outcome.sent === undefined ? {} : { sent: outcome.sent }),
      lastTrouble: outcome.trouble,
      owed: outcome.retriable,
      refused: !outcome.retriable,
      dueAt: new Date(clock().getTime() + pauseMs).toISOString(),
    })
    if (!outcome.retriable) await options.trouble(row.partnerId, `push ${row.kind}`, outcome.trouble)
  }

  /**
   * A push that was cut off by the end of a process may have arrived: what the partner holds of a place is not known then, and
   * it is told whole. Else a status that went back meanwhile would seem to be there already.
   */
  const known = (row: Stored<OutboxDoc>): OutboxDoc => {
    if (row.kind !== 'locations' || row.dueAt >= startedAt) return row
    const { sent, ...rest } = row
    return rest
  }

  /** A CDR is told after its session: the partner compares the two. */
  const waitsForSession = async (row: OutboxDoc, { kind, object, owner }: ObjectDoc): Promise<boolean> => {
    if (kind !== 'cdrs' || !('session_id' in object) || object.session_id === undefined) return false
    const session = docId(owner, 'sessions', plainId(object, object.session_id))
    return (await store.get<OutboxDoc>('ocpi_outbox', rowId(row.partnerId, session)))?.owed ?? false
  }

  const restPartner = (partnerId: string): void => {
    const before = away.get(partnerId)
    if (before !== undefined && before.untilMs > clock().getTime()) return
    const pauseMs = before === undefined ? firstPauseMs : Math.min(longestPauseMs, before.pauseMs * 2)
    away.set(partnerId, { pauseMs, untilMs: clock().getTime() + pauseMs })
  }

  /** What was put off because a partner did not answer is due now. */
  const hurry = async (partnerId: string): Promise<void> => {
    try {
      const at = clock().toISOString()
      const putOff = { partnerId, owed: true, dueAt: { $gt: at } }
      const { items } = await store.find<OutboxDoc>('ocpi_outbox', putOff, { limit: 1_000 })
      await Promise.all(items.filter(({ _id }) => !underWay.has(_id)).map((row) => settle(row, { dueAt: at })))
      kick()
    } catch (error) {
      log.error({ err: error, partnerId }, 'What a partner is owed could not be hurried')
    }
  }

  return {
    kick,
    /** The partner has called us: if it was away it is tried again soon, however long it had been left alone for. */
    seen: (partnerId: string): void => {
      const pause = away.get(partnerId)
      const soonMs = clock().getTime() + backWithinMs
      if (pause === undefined || pause.untilMs <= soonMs) return
      pause.untilMs = soonMs
      void hurry(partnerId)
    },
    /** The last push to it met nobody, and none has met it since. */
    isAway: (partnerId: string): boolean => away.has(partnerId),
    start: (): void => {
      startedAt = clock().toISOString()
      stopped = false
      kick()
    },
    stop: async (): Promise<void> => {
      stopped = true
      clearTimeout(timer)
      await looking
      await Promise.allSettled(running)
    },
    /** Tries at once what waits, for one partner; `refused` also what it has refused. Answers how many. */
    resend: async (partnerId: string, which: 'waiting' | 'refused' | 'all' = 'all'): Promise<number> => {
      away.delete(partnerId)
      let count = 0
      for (const filter of [
        ...(which === 'refused' ? [] : [{ partnerId, owed: true }]),
        ...(which === 'waiting' ? [] : [{ partnerId, owed: false, refused: true }]),
      ]) {
        let after: string | undefined
        do {
          const page = await store.find<OutboxDoc>('ocpi_outbox', filter, { limit: 1000, ...(after ? { after } : {}) })
          for (const row of page.items) {
            if (underWay.has(row._id)) continue
            await settle(row, { owed: true, attempts: 0, dueAt: clock().toISOString() })
            count += 1
          }
          after = page.next
        } while (after !== undefined)
      }
      kick()
      return count
    },
    /** How many objects a partner is owed, and how many it refuses. */
    owed: async (partnerId: string): Promise<{ waiting: number; refused: number }> => ({
      waiting: await store.count('ocpi_outbox', { partnerId, owed: true }),
      refused: await store.count('ocpi_outbox', { partnerId, owed: false, refused: true }),
    }),
  }
}
export type Outbox = ReturnType<typeof createOutbox>
