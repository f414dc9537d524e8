import {
  type Bus,
  type Clock,
  type Doc,
  isWerenodeError,
  type NewEvent,
  newEvent,
  type Store,
  type Stored,
  type Unsubscribe,
} from '@werenode/core'
import type { Logger } from 'pino'
import type { Partner } from '../collections.ts'
import type { Cdr, PartyRef, Session } from '../model/model.ts'

/** A charge of one of our drivers at a partner's plug, known by the idTag of its session. */
export interface AwayDoc extends Doc {
  readonly stationId: string
  readonly stationKey: string
  readonly partnerId: string
  readonly evse: number
  readonly connector: number
  readonly contractId: string
  /** The partner's session, once it is over: how it ended, as the partner told it. */
  readonly over?: { readonly sessionId: string; readonly kwh: number; readonly endAt: string }
  /** Until when its CDR is waited for. Absent: it is not over, or its end has been told. */
  readonly endDueAt?: string
  readonly ended?: true
}

/** The end of a charge as the manager is told it. */
interface End {
  readonly sessionId: string
  readonly startAt?: string
  readonly endAt: string
  readonly kwh: number
  readonly billedMicro?: string
  readonly flags: readonly string[]
}

const lookEveryMs = 1_000

/**
 * Partners' Session and CDR objects of our drivers, as the manager's `transaction.*` events. The CDR ends the charge, because it is what
 * the partner bills: a session that is COMPLETED waits for it for a while, then ends by its own figures.
 */
export const createAway = (deps: {
  store: Store
  bus: Bus
  clock: Clock
  log: Logger
  us: PartyRef
  /** How long a CDR is waited for, ms. Default 10 min. */
  cdrWaitMs?: number
}) => {
  const { store, bus, clock, log, us } = deps
  const cdrWaitMs = deps.cdrWaitMs ?? 600_000
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> = Promise.resolve()

  const find = async (partnerId: string, object: Pick<Session, 'authorization_reference' | 'cdr_token'>) => {
    const mark = `${us.country_code}${us.party_id}C`.toUpperCase()
    for (const idTag of [
      object.authorization_reference,
      object.cdr_token.uid,
      object.cdr_token.contract_id.toUpperCase().split(mark)[1],
    ]) {
      const doc = idTag ? await store.get<AwayDoc>('ocpi_charges', `away|${idTag}`) : undefined
      if (doc !== undefined && doc.partnerId === partnerId) return doc
    }
    return undefined
  }

  /** Changes the record as it is now and tells the events with it; undefined changes nothing. */
  const change = async (
    id: string,
    decide: (doc: AwayDoc) => { readonly next: AwayDoc; readonly events: readonly NewEvent[] } | undefined,
  ): Promise<void> => {
    for (let attempt = 1; ; attempt += 1) {
      const known = await store.get<AwayDoc>('ocpi_charges', id)
      if (known === undefined) return
      const { _rev, ...doc } = known
      const decided = decide(doc)
      if (decided === undefined) return
      try {
        await bus.commit([{ op: 'replace', in: 'ocpi_charges', doc: decided.next, rev: _rev }], decided.events)
        return
      } catch (error) {
        if (!isWerenodeError(error) || error.code !== 'conflict' || attempt >= 20) throw error
      }
    }
  }

  /** Ids come from the partner's facts, so an event told twice is one event. */
  const causeOf = (doc: AwayDoc, sessionId: string): string => `ocpi:${doc.partnerId}:${sessionId}`
  const subjectOf = (doc: AwayDoc, sessionId: string): string => `transaction.${doc.stationId}.${sessionId}`

  const started = (doc: AwayDoc, sessionId: string, at: string): NewEvent =>
    newEvent({
      id: `${causeOf(doc, sessionId)}:started`,
      type: 'transaction.started',
      at: new Date(at),
      subject: subjectOf(doc, sessionId),
      data: {
        stationId: doc.stationId,
        evse: doc.evse,
        connector: doc.connector,
        transactionId: sessionId,
        idTag: doc._id.slice('away|'.length),
        registerWh: 0,
        stationAt: at,
        receivedAt: clock().toISOString(),
        offline: false,
      },
    })

  const metered = (doc: AwayDoc, session: Session): NewEvent =>
    newEvent({
      id: `${causeOf(doc, session.id)}:meter:${session.last_updated}`,
      type: 'transaction.meter',
      at: new Date(session.last_updated),
      subject: subjectOf(doc, session.id),
      data: {
        stationId: doc.stationId,
        transactionId: session.id,
        stationAt: session.last_updated,
        receivedAt: clock().toISOString(),
        registerWh: Math.round(session.kwh * 1000),
        offline: false,
        flags: [],
      },
    })

  const ended = (doc: AwayDoc, end: End): NewEvent =>
    newEvent({
      id: `${causeOf(doc, end.sessionId)}:ended`,
      type: 'transaction.ended',
      at: new Date(end.endAt),
      subject: subjectOf(doc, end.sessionId),
      data: {
        stationId: doc.stationId,
        evse: doc.evse,
        connector: doc.connector,
        transactionId: end.sessionId,
        registerWh: Math.round(end.kwh * 1000),
        stationAt: end.endAt,
        receivedAt: clock().toISOString(),
        reason: 'Remote',
        // The end is told late by nature: its own time counts, not ours.
        offline: true,
        estimated: false,
        flags: end.flags,
        ...(end.billedMicro === undefined ? {} : { billedMicro: end.billedMicro }),
      },
    })

  const close = (doc: AwayDoc, end: End, before: readonly NewEvent[]) => {
    const { endDueAt: _waited, ...rest } = doc
    return { next: { ...rest, ended: true as const }, events: [...before, ended(doc, end)] }
  }

  const onSession = async (partner: Partner, session: Session): Promise<void> => {
    const away = await find(partner._id, session)
    if (away === undefined || ['PENDING', 'INVALID', 'RESERVATION'].includes(session.status)) return
    await change(away._id, (doc) => {
      const begins = started(doc, session.id, session.start_date_time)
      if (session.status !== 'COMPLETED')
        return doc.ended ? undefined : { next: doc, events: [begins, metered(doc, session)] }
      if (doc.ended || doc.over !== undefined) return undefined
      const endAt = session.end_date_time ?? session.last_updated
      return {
        next: {
          ...doc,
          over: { sessionId: session.id, kwh: session.kwh, endAt },
          endDueAt: new Date(clock().getTime() + cdrWaitMs).toISOString(),
        },
        events: [begins],
      }
    })
  }

  /** A CDR may come before its session's end: nothing more will come. What disagrees is flagged, and the driver pays the less. */
  const onCdr = async (partner: Partner, cdr: Cdr, findings: readonly string[]): Promise<void> => {
    if (cdr.credit || cdr.session_id === undefined) return
    const sessionId = cdr.session_id
    const away = await find(partner._id, cdr)
    if (away === undefined) return
    const { incl_vat } = cdr.total_cost
    await change(away._id, (doc) => {
      if (doc.ended) return undefined
      const kwh = Math.min(cdr.total_energy, doc.over?.kwh ?? cdr.total_energy)
      const billed = cdr.currency === 'EUR' && incl_vat !== undefined ? Math.round(incl_vat * 10_000) * 100 : undefined
      return close(
        doc,
        {
          sessionId,
          endAt: doc.over?.endAt ?? cdr.end_date_time,
          kwh,
          flags: findings.length > 0 ? ['cdr-disagrees'] : [],
          ...(billed === undefined ? {} : { billedMicro: String(Math.max(0, billed)) }),
        },
        [started(doc, sessionId, cdr.start_date_time)],
      )
    })
  }

  const endWithoutCdr = async (): Promise<void> => {
    const { items } = await store.find<AwayDoc>(
      'ocpi_charges',
      { endDueAt: { $lte: clock().toISOString() } },
      { limit: 200 },
    )
    for (const { _id, partnerId } of items as readonly Stored<AwayDoc>[]) {
      log.warn({ partnerId, charge: _id }, 'A partner’s CDR did not come in time: the charge ends by its session')
      await change(_id, (doc) =>
        doc.over === undefined || doc.endDueAt === undefined
          ? undefined
          : close(doc, { ...doc.over, flags: ['cdr-missing'] }, []),
      )
    }
  }

  return {
    /** Announces a charge before its command goes out, so that a session that comes late is known all the same. */
    expect: async (doc: AwayDoc): Promise<void> => {
      if ((await store.get('ocpi_charges', doc._id)) !== undefined) return
      await store.write([{ op: 'put', in: 'ocpi_charges', doc }])
    },
    onSession,
    onCdr,
    start: (): void => {
      timer = setInterval(() => {
        looking = endWithoutCdr().catch((error: unknown) =>
          log.error({ err: error }, 'Charges abroad could not be looked at'),
        )
      }, lookEveryMs)
      timer.unref()
    },
    stop: (async () => {
      clearInterval(timer)
      await looking
    }) as Unsubscribe,
  }
}
