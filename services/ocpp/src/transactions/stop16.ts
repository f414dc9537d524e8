import { type Bus, isWerenodeError, type WriteOp } from '@werenode/core'
import type { Logger } from 'pino'
import { judge } from '../meter/judge.ts'
import { type Reading, readingOf } from '../meter/reading.ts'
import type { Sample } from '../meter/sample.ts'
import type { StoredReading, TransactionBook } from './book.ts'
import { ended } from './end.ts'
import { endedEvent, meterEvent, orphanEvent, type Transaction } from './transaction.ts'

/** OCPP 1.6 StopTransaction, parsed. */
export interface Stop16 {
  readonly stationId: string
  readonly transactionId: number | undefined
  readonly idTag: string | undefined
  readonly meterStopWh: number | undefined
  readonly at: Date | undefined
  readonly reason: string
  readonly transactionData: readonly { readonly at: Date; readonly samples: readonly Sample[]; readonly raw: unknown }[]
  readonly receivedAt: Date
  readonly connectedAt: Date
  readonly maxPowerW: number
  /** Everything as it came, for the orphans' record. */
  readonly raw: unknown
}

/** Ends a transaction. Whatever comes is kept: a stop nobody can place becomes an orphan, and the station is never refused. */
export const createStop16 =
  ({ book, bus, log }: { book: TransactionBook; bus: Bus; log: Logger }) =>
  async (stop: Stop16): Promise<void> => {
    const { stationId, receivedAt } = stop
    const target = await placeOf(book, stop)
    if (!target) return orphan({ bus, log }, stop)

    await book.change(stationId, target.transaction.transactionId, async (current) => {
      const at = stop.at ?? receivedAt
      const isRepeat = current.state === 'ended' && !current.estimated
      if (isRepeat) return undefined
      const offline = at.getTime() < stop.connectedAt.getTime() - 5_000
      const readings = judgedReadings(current, stop)
      const last = readings.at(-1)?.reading ?? (await book.lastReading(current))
      const closing = judge(
        { at, ...(stop.meterStopWh === undefined ? {} : { registerWh: stop.meterStopWh }), flags: [] },
        { startWh: current.startWh, startedAt: current.startedAt, last, maxPowerW: stop.maxPowerW },
      )
      const registerWh = closing.registerWh ?? last?.registerWh
      const row = ended(current, {
        at,
        receivedAt,
        registerWh,
        reason: stop.reason,
        flags: [
          ...closing.flags,
          ...(target.guessed ? ['transaction-guessed'] : []),
          ...(stop.meterStopWh === undefined ? ['stop-register-missing'] : []),
          ...(stop.at === undefined ? ['time-missing'] : []),
        ],
      })
      const signed = readings.findLast(({ reading }) => reading.signed !== undefined)?.reading.signed
      return {
        row,
        readings,
        events: [
          ...readings.map(({ reading }) => meterEvent(current, reading, { receivedAt, offline })),
          endedEvent(row, { offline, signed }),
        ],
      }
    })
  }

const judgedReadings = (transaction: Transaction, stop: Stop16): readonly StoredReading[] => {
  let last: Reading | undefined
  return stop.transactionData.map(({ at, samples, raw }) => {
    const reading = judge(readingOf(at, samples), {
      startWh: transaction.startWh,
      startedAt: transaction.startedAt,
      last,
      maxPowerW: stop.maxPowerW,
    })
    last = reading.registerWh === undefined ? last : reading
    return { reading, raw }
  })
}

/**
 * The transaction a stop speaks of. By its number; failing that, and only where exactly one running transaction fits by meter, time
 * and card, that one: some stations stop with 0 or -1 when they never heard the number. A number of ours that fits nothing is not
 * bent to fit another transaction unless the card proves it.
 */
const placeOf = async (
  book: TransactionBook,
  stop: Stop16,
): Promise<{ transaction: Transaction; guessed: boolean } | undefined> => {
  const { stationId, transactionId, idTag, meterStopWh } = stop
  if (transactionId !== undefined && transactionId > 0) {
    const transaction = await book.get(stationId, String(transactionId))
    if (transaction) return { transaction, guessed: false }
  }
  const sameTag = (transaction: Transaction): boolean =>
    idTag !== undefined &&
    [transaction.idTag, transaction.givenIdTag].some((known) => known?.toUpperCase() === idTag.toUpperCase())
  const namedNone = transactionId === undefined || transactionId <= 0
  const fitting = (await book.openOn(stationId)).filter(
    (transaction) =>
      (stop.at === undefined || stop.at.getTime() >= new Date(transaction.startedAt).getTime()) &&
      (meterStopWh === undefined || transaction.startWh === undefined || meterStopWh >= transaction.startWh) &&
      (sameTag(transaction) || (namedNone && idTag === undefined)),
  )
  return fitting.length === 1 ? { transaction: fitting[0]!, guessed: true } : undefined
}

const orphan = async ({ bus, log }: { bus: Bus; log: Logger }, stop: Stop16): Promise<void> => {
  const { stationId, receivedAt } = stop
  const transactionId = String(stop.transactionId ?? '')
  const key = `${stationId}/${transactionId}/${stop.at?.toISOString() ?? ''}/${stop.meterStopWh ?? ''}`
  log.warn({ stationId, transactionId }, 'A stop for a transaction nobody knows is kept as an orphan')
  const insert: WriteOp = {
    op: 'insert',
    in: 'ocpp_orphans',
    doc: {
      _id: key,
      stationId,
      transactionId,
      message: 'StopTransaction',
      receivedAt: receivedAt.toISOString(),
      payload: stop.raw,
    } as never,
  }
  const message = `StopTransaction ${transactionId || 'without a number'} at ${stop.meterStopWh ?? 'unknown'} Wh`
  try {
    await bus.commit([insert], [orphanEvent(key, { stationId, transactionId, message, receivedAt })])
  } catch (error) {
    // The same orphan again.
    if (!(isWerenodeError(error) && error.code === 'conflict')) throw error
  }
}
