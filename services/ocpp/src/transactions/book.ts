import {
  type Bus,
  faultPoint,
  isWerenodeError,
  type NewEvent,
  type Point,
  type Store,
  type Stored,
  type WriteOp,
} from '@werenode/core'
import { meterSeries } from '../collections.ts'
import type { Reading } from '../meter/reading.ts'
import { signedOps } from '../signed/values.ts'
import { createPen } from './pen.ts'
import { bare, type Transaction, transactionKey } from './transaction.ts'

/** What a message makes of a transaction. Undefined changes nothing: the message was already known. */
export interface Change {
  /** The row as it shall be; absent when only readings and events come with it. */
  readonly row?: Transaction
  readonly readings?: readonly StoredReading[]
  readonly ops?: readonly WriteOp[]
  readonly events: readonly NewEvent[]
}

export interface StoredReading {
  readonly reading: Reading
  /** The samples as they came. */
  readonly raw: unknown
}

/**
 * The transactions of all stations. Rows change by compare-and-set together with their events, so a message that two links or two
 * processes work on at once counts once.
 */
export interface TransactionBook {
  get(stationId: string, transactionId: string): Promise<Transaction | undefined>
  /** The same from memory alone, for those that are asked for all the time. */
  known(stationId: string, transactionId: string): Transaction | undefined
  byStartKey(startKey: string): Promise<Stored<Transaction> | undefined>
  openOn(stationId: string): Promise<readonly Stored<Transaction>[]>
  /** False when the transaction id or the start key is taken. */
  insert(row: Transaction, change: Omit<Change, 'row'>): Promise<boolean>
  /** Runs `decide` on the row as it is now, again when somebody else was quicker. Returns the row after it. */
  change(
    stationId: string,
    transactionId: string,
    decide: (current: Transaction) => Change | undefined | Promise<Change | undefined>,
  ): Promise<Transaction | undefined>
  /** The same for one that is at hand. */
  changeKnown(
    transaction: Pick<Transaction, '_id'>,
    decide: (current: Transaction) => Change | undefined | Promise<Change | undefined>,
  ): Promise<Transaction | undefined>
  lastReading(transaction: Pick<Transaction, '_id'>): Promise<Reading | undefined>
  /** The same from memory alone. */
  lastKnown(transaction: Pick<Transaction, '_id'>): Reading | undefined
}

interface Known {
  readonly row: Transaction
  readonly rev: number
  /** Its latest reading with a register, once it was asked for. */
  last: Reading | undefined
}

interface MeterPoint {
  readonly wh?: number
  readonly w?: number
  readonly soc?: number
  readonly flags?: readonly string[]
  readonly raw: unknown
}

const mostRemembered = 20_000

export const createTransactionBook = ({ store, bus }: { store: Store; bus: Bus }): TransactionBook => {
  const pen = createPen(bus)
  // Of running transactions; a lost entry costs one look into the store, an outdated one is found out by its revision.
  const rows = new Map<string, Known>()

  const keepRow = (row: Transaction, rev: number, last?: Reading): Known => {
    const known = { row, rev, last }
    rows.delete(row._id)
    rows.set(row._id, known)
    if (rows.size > mostRemembered) rows.delete(rows.keys().next().value!)
    return known
  }

  const rowOf = async (key: string): Promise<Known | undefined> => {
    const known = rows.get(key)
    if (known) return known
    const stored = await store.get<Transaction>('ocpp_transactions', key)
    return stored && keepRow(bare(stored), stored._rev)
  }

  const remember = (known: Known, readings: readonly StoredReading[]): void => {
    for (const { reading } of readings)
      if (reading.registerWh !== undefined && (!known.last || reading.at >= known.last.at)) known.last = reading
  }

  const readingOps = (key: string, readings: readonly StoredReading[]): WriteOp[] =>
    readings.length === 0
      ? []
      : [{ op: 'append', series: meterSeries, key, points: readings.map(pointOf) }, ...signedOps(key, readings)]

  const changeAt = async (
    key: string,
    decide: (current: Transaction) => Change | undefined | Promise<Change | undefined>,
  ): Promise<Transaction | undefined> => {
    for (let attempt = 0; ; attempt += 1) {
      const known = rows.get(key) ?? (await rowOf(key))
      if (!known) return undefined
      const { row: current, rev } = known
      const decided = decide(current)
      const change = decided instanceof Promise ? await decided : decided
      if (!change) return current
      const { row, readings = [], ops = [], events } = change
      try {
        const adds = ops.length === 0 ? readingOps(key, readings) : [...readingOps(key, readings), ...ops]
        if (row) {
          const replace = { op: 'replace', in: 'ocpp_transactions', doc: row, rev } as const
          const { revs } = await bus.commit([replace, ...adds], events)
          keepRow(row, revs[0]!, known.last)
        } else await pen(adds, events)
        faultPoint(row?.state === 'ended' ? 'ocpp.ended.stored' : 'ocpp.told.stored')
      } catch (error) {
        rows.delete(key)
        if (isWerenodeError(error) && error.code === 'conflict' && attempt < 8) continue
        throw error
      }
      // Another link of the station may have changed it meanwhile.
      const after = rows.get(key)
      if (after) remember(after, readings)
      if (after && row?.state === 'ended') after.last = undefined
      return row ?? current
    }
  }

  return {
    get: async (stationId, transactionId) => (await rowOf(transactionKey(stationId, transactionId)))?.row,
    known: (stationId, transactionId) => rows.get(transactionKey(stationId, transactionId))?.row,
    byStartKey: async (startKey) =>
      (await store.find<Transaction>('ocpp_transactions', { startKey }, { limit: 1 })).items[0],
    openOn: async (stationId) =>
      (await store.find<Transaction>('ocpp_transactions', { stationId, state: 'open' }, { limit: 1000 })).items,

    insert: async (row, { readings = [], ops = [], events }) => {
      try {
        const { revs } = await bus.commit(
          [{ op: 'insert', in: 'ocpp_transactions', doc: row }, ...readingOps(row._id, readings), ...ops],
          events,
        )
        remember(keepRow(row, revs[0]!), readings)
      } catch (error) {
        if (isWerenodeError(error) && error.code === 'conflict') return false
        throw error
      }
      // Durable here, acknowledged to the station only after: the gap a kill must survive.
      faultPoint('ocpp.begun.stored')
      return true
    },

    change: (stationId, transactionId, decide) => changeAt(transactionKey(stationId, transactionId), decide),
    changeKnown: ({ _id }, decide) => changeAt(_id, decide),

    lastKnown: ({ _id }) => rows.get(_id)?.last,
    lastReading: async ({ _id }) => {
      const known = rows.get(_id)
      if (known?.last) return known.last
      const points = await store.range(meterSeries, _id, { limit: 20, newestFirst: true })
      const point = points.find((candidate) => (candidate.value as MeterPoint).wh !== undefined)
      if (!point) return undefined
      const reading = readingAt(point)
      if (known) known.last ??= reading
      return reading
    },
  }
}

const pointOf = ({ reading: { at, registerWh, powerW, socPercent, flags }, raw }: StoredReading): Point => {
  const value: Writable<MeterPoint> = { raw }
  if (registerWh !== undefined) value.wh = registerWh
  if (powerW !== undefined) value.w = powerW
  if (socPercent !== undefined) value.soc = socPercent
  if (flags.length > 0) value.flags = flags
  return { at: at.getTime(), value }
}
type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

const readingAt = (point: Point): Reading => {
  const { wh, w, soc, flags = [] } = point.value as MeterPoint
  return {
    at: new Date(point.at),
    ...(wh === undefined ? {} : { registerWh: wh }),
    ...(w === undefined ? {} : { powerW: w }),
    ...(soc === undefined ? {} : { socPercent: soc }),
    flags,
  }
}
