import {
  type Bus,
  type Clock,
  type EventEnvelope,
  isWerenodeError,
  type JudgedReading,
  judgeReading,
  type RawReading,
  type SessionId,
  type SessionRecord,
  type Store,
  type Stored,
  type Unsubscribe,
  type WriteOp,
} from '@werenode/core'
import { collections, type Sample, series } from './collections.ts'
import type { CostMeter } from './cost-meter.ts'
import { notAfter } from './not-after.ts'
import type { Move, Sessions } from './sessions.ts'

type Started = EventEnvelope<'transaction.started'>
type Metered = EventEnvelope<'transaction.meter'>
type Ended = EventEnvelope<'transaction.ended'>

/** Follows what stations say: transactions begin, tell their meter, end; links come and go. */
export const followStations = async (deps: {
  store: Store
  bus: Bus
  clock: Clock
  sessions: Sessions
  cost: CostMeter
  /** Makes a session for a transaction begun at the plug by a card or on a free plug; undefined when nobody answers for it. */
  adoptAtPlug: (event: Started) => Promise<SessionRecord | undefined>
}): Promise<Unsubscribe> => {
  const { store, sessions, cost } = deps
  const now = (): string => deps.clock().toISOString()
  /** What follows from an event is due now, also when the clock of the process that told it is ahead. */
  const atOf = (event: EventEnvelope): string => notAfter(event.at, now())

  const started = async (event: Started): Promise<void> => {
    const { data } = event
    const known =
      (await sessions.byIdTag(data.idTag)) ?? (await sessions.byTransaction(data.stationId, data.transactionId))
    const record = known?.stationId === data.stationId ? known : await deps.adoptAtPlug(event)
    if (record === undefined) {
      await store.write([
        { op: 'put', in: collections.unclaimed, doc: { _id: event.id, at: event.at, ...data } as never },
      ])
      return
    }
    await sessions.act(record._id, () => ({
      input: {
        type: 'transactionStarted',
        at: atOf(event),
        transactionId: data.transactionId,
        stationAt: data.stationAt,
        receivedAt: data.receivedAt,
        judgedAt: now(),
        offline: data.offline,
        ...(data.registerWh === undefined ? {} : { registerWh: data.registerWh }),
      },
    }))
  }

  /** Judges a reading, prices it, and stores the believed sample with the step. */
  const take = async (
    record: Stored<SessionRecord>,
    raw: RawReading,
    final: boolean,
    input: (reading: JudgedReading, costMicro: string) => Move['input'],
  ): Promise<Move> => {
    const reading = judgeReading(record, { ...raw, judgedAt: now() }, final)
    const sample: Sample = {
      wh: reading.believedWh ?? record.lastWh ?? record.startWh ?? 0,
      powerW: reading.powerW ?? null,
      suspended: reading.suspended ?? record.suspended,
    }
    const costMicro = await cost.with(record, reading.takenAt, sample)
    return { input: input(reading, costMicro), ops: [sampleOp(record._id, Date.parse(reading.takenAt), sample)] }
  }

  const metered = async (event: Metered): Promise<void> => {
    const record = await sessions.byTransaction(event.data.stationId, event.data.transactionId)
    if (record === undefined) return
    await sessions.act(record._id, async (latest) => {
      if (latest.transactionKey === undefined || latest.endedAt !== undefined) return undefined
      // The same reading told again (after a crash between store and acknowledgement) adds nothing.
      return take(latest, rawReading(event.data), false, (reading, costMicro) => ({
        type: 'reading',
        at: atOf(event),
        reading,
        costMicro,
      }))
    })
  }

  const ended = async (event: Ended): Promise<void> => {
    const { data } = event
    const record = await sessions.byTransaction(data.stationId, data.transactionId)
    if (record === undefined) return
    await sessions.act(record._id, async (latest) => {
      if (latest.receipt !== undefined) {
        const reading: JudgedReading = { takenAt: latest.endedAt ?? atOf(event), flags: [] }
        return {
          input: {
            type: 'transactionEnded',
            at: atOf(event),
            reading,
            costMicro: latest.costMicro,
            reason: data.reason,
            estimated: data.estimated,
          },
        }
      }
      return take(latest, rawReading({ ...data, registerWh: data.registerWh }), true, (reading, costMicro) => ({
        type: 'transactionEnded',
        at: atOf(event),
        reading,
        costMicro,
        reason: data.reason,
        estimated: data.estimated,
        ...(data.billedMicro === undefined ? {} : { billedMicro: data.billedMicro }),
      }))
    })
  }

  const link = async (stationId: string, online: boolean, at: string): Promise<void> => {
    const page = await store.find<SessionRecord>(
      collections.sessions,
      { stationId, holdsConnector: true },
      { limit: 1000 },
    )
    for (const record of page.items) await sessions.act(record._id, () => ({ input: { type: 'station', online, at } }))
  }

  return deps.bus.consume(
    {
      group: 'manager-stations',
      types: [
        'transaction.started',
        'transaction.meter',
        'transaction.ended',
        'station.connected',
        'station.disconnected',
      ],
      from: 'start',
      concurrency: 32,
    },
    async (event) => {
      switch (event.type) {
        case 'transaction.started':
          return started(event as Started)
        case 'transaction.meter':
          return metered(event as Metered)
        case 'transaction.ended':
          return ended(event as Ended)
        case 'station.connected':
          return link((event as EventEnvelope<'station.connected'>).data.stationId, true, atOf(event))
        case 'station.disconnected':
          return link((event as EventEnvelope<'station.disconnected'>).data.stationId, false, atOf(event))
      }
    },
  )
}

const sampleOp = (sessionId: SessionId, at: number, sample: Sample): WriteOp => ({
  op: 'append',
  series: series.readings,
  key: sessionId,
  points: [{ at, value: sample }],
})

const rawReading = (data: {
  registerWh?: number | undefined
  powerW?: number
  socPercent?: number
  suspended?: 'EV' | 'EVSE' | 'no'
  stationAt: string
  receivedAt: string
  offline: boolean
  flags: readonly string[]
}): RawReading => ({
  stationAt: data.stationAt,
  receivedAt: data.receivedAt,
  offline: data.offline,
  flags: data.flags,
  ...(data.registerWh === undefined ? {} : { registerWh: data.registerWh }),
  ...(data.powerW === undefined ? {} : { powerW: data.powerW }),
  ...(data.socPercent === undefined ? {} : { socPercent: data.socPercent }),
  ...(data.suspended === undefined ? {} : { suspended: data.suspended }),
})

export const isConflict = (error: unknown): boolean => isWerenodeError(error) && error.code === 'conflict'
