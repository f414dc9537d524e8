import type { Bus, NewEvent, WriteOp } from '@werenode/core'
import type { Logger } from 'pino'
import { idleMeterSeries } from '../collections.ts'
import { keyPart } from '../keep/key.ts'
import { judge } from '../meter/judge.ts'
import { type Reading, readingOf } from '../meter/reading.ts'
import type { Sample } from '../meter/sample.ts'
import type { Suspended } from '../status/connectors.ts'
import type { Change, StoredReading, TransactionBook } from './book.ts'
import { reopened } from './end.ts'
import { meterEvent, orphanEvent, type Transaction } from './transaction.ts'

export interface MeterGroup {
  readonly at: Date
  readonly samples: readonly Sample[]
  readonly raw: unknown
}

export interface MeterReport {
  readonly stationId: string
  readonly evse: number
  /** As the station names it; 0, -1, unknown and missing numbers are looked past. */
  readonly transactionId: string | undefined
  readonly groups: readonly MeterGroup[]
  readonly receivedAt: Date
  readonly connectedAt: Date
  readonly maxPowerW: number
}

/**
 * Keeps meter values with the transaction they belong to: the one they name, else the one that runs on their connector. Values of
 * no transaction are kept by connector. Values after the end are kept and never open a transaction that truly ended.
 */
export const createMeterValues =
  ({
    book,
    bus,
    log,
    suspendedOf,
  }: {
    book: TransactionBook
    bus: Bus
    log: Logger
    suspendedOf: (stationId: string, evse: number) => Suspended | undefined
  }) =>
  async (report: MeterReport): Promise<void> => {
    if (report.groups.length === 0) return
    const transaction = knownPlace(book, report) ?? (await placeOf(book, report))
    if (!transaction) return keepIdle({ bus, log }, report)

    const into = (current: Transaction, readings: readonly StoredReading[]): Change => {
      const latest = readings.at(-1)!.reading.at
      const goesOn = current.estimated === true && latest.toISOString() > (current.endedAt ?? '')
      const isAlive = current.state === 'open' && current.doubt === 'boot' && !isOffline(latest, report)
      const row = goesOn ? reopened(current) : isAlive ? withoutDoubt(current) : undefined
      const suspended = suspendedOf(report.stationId, current.evse)
      const events = readings.map(({ reading }) =>
        meterEvent(current, reading, {
          receivedAt: report.receivedAt,
          offline: isOffline(reading.at, report),
          suspended,
        }),
      )
      return row ? { row, readings, events } : { readings, events }
    }
    await book.changeKnown(transaction, (current) => {
      const last = book.lastKnown(current)
      return last
        ? into(current, judgedAfter(last, current, report))
        : judged(book, current, report).then((readings) => into(current, readings))
    })
  }

const withoutDoubt = ({ doubt, closeAfter, ...certain }: Transaction): Transaction => certain

const isOffline = (at: Date, { connectedAt }: { connectedAt: Date }): boolean =>
  at.getTime() < connectedAt.getTime() - 5_000

export const judged = async (
  book: TransactionBook,
  transaction: Transaction,
  report: Pick<MeterReport, 'groups' | 'maxPowerW'>,
): Promise<readonly StoredReading[]> => judgedAfter(await book.lastReading(transaction), transaction, report)

const judgedAfter = (
  lastOfAll: Reading | undefined,
  transaction: Transaction,
  { groups, maxPowerW }: Pick<MeterReport, 'groups' | 'maxPowerW'>,
): readonly StoredReading[] => {
  const { startWh, startedAt } = transaction
  let last = lastOfAll
  const inOrder = groups.length > 1 ? [...groups].sort((a, b) => a.at.getTime() - b.at.getTime()) : groups
  return inOrder.map(({ at, samples, raw }) => {
    const reading = judge(readingOf(at, samples), { startWh, startedAt, last, maxPowerW })
    if (reading.registerWh !== undefined) last = reading
    return { reading, raw }
  })
}

/** The transaction it names, where that is at hand: of nearly every message. */
const knownPlace = (book: TransactionBook, { stationId, transactionId }: MeterReport): Transaction | undefined =>
  isNamed(transactionId) ? book.known(stationId, transactionId) : undefined

const isNamed = (transactionId: string | undefined): transactionId is string =>
  transactionId !== undefined && transactionId !== '' && transactionId !== '0' && transactionId !== '-1'

const placeOf = async (book: TransactionBook, report: MeterReport): Promise<Transaction | undefined> => {
  const { stationId, evse, transactionId } = report
  if (isNamed(transactionId)) {
    const named = await book.get(stationId, transactionId)
    if (named) return named
  }
  const running = (await book.openOn(stationId)).filter((transaction) => transaction.evse === evse)
  const lastAt = Math.max(...report.groups.map((group) => group.at.getTime()))
  return running.find((transaction) => new Date(transaction.startedAt).getTime() <= lastAt + 60_000)
}

const keepIdle = async ({ bus, log }: { bus: Bus; log: Logger }, report: MeterReport): Promise<void> => {
  const { stationId, evse, transactionId, groups, receivedAt } = report
  const ops: WriteOp[] = [
    {
      op: 'append',
      series: idleMeterSeries,
      key: `${stationId}/${evse}`,
      points: groups.map((group) => ({ at: group.at.getTime(), value: { transactionId, raw: group.raw } })),
    },
  ]
  const isOrphan = transactionId !== undefined && Number(transactionId) !== 0 && Number(transactionId) !== -1
  const events: NewEvent[] = isOrphan
    ? [
        orphanEvent(`${stationId}/${keyPart(transactionId)}`, {
          stationId,
          transactionId,
          message: 'MeterValues',
          receivedAt,
        }),
      ]
    : []
  if (isOrphan)
    log.warn({ stationId, transactionId }, 'Meter values of a transaction nobody knows are kept by connector')
  await bus.commit(ops, events)
}
