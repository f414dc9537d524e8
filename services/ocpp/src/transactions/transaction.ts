import { type Doc, type EventData, type NewEvent, newEvent, type Stored } from '@werenode/core'
import { keyPart, subjectWord } from '../keep/key.ts'
import type { Reading } from '../meter/reading.ts'
import { createTimeWriter } from '../wire/quick-time.ts'
import type { OcppVersion } from '../wire/version.ts'

/** A transaction as the station told it. */
export interface Transaction extends Doc {
  /** `<stationId>/<transactionId>` */
  readonly _id: string
  readonly stationId: string
  /** 1.6: our number, as text. 2.x: the station's own id. */
  readonly transactionId: string
  readonly version: OcppVersion
  /** What makes this physical start unique, so that telling it twice does not make two. */
  readonly startKey: string
  readonly evse: number
  readonly connector: number
  /** The house's spelling; `givenIdTag` is the station's, where they differ. */
  readonly idTag: string
  readonly givenIdTag?: string
  readonly remoteStartId?: number
  readonly sessionId?: string
  /** As answered to the station. */
  readonly authorization: string
  readonly state: 'open' | 'ended'
  /** Both clocks, always. */
  readonly startedAt: string
  readonly startReceivedAt: string
  readonly startWh?: number
  /** The station was offline when it began. */
  readonly offline: boolean
  readonly endedAt?: string
  readonly endReceivedAt?: string
  readonly endWh?: number
  readonly reason?: string
  /** Closed by us on the last meter value; the station may still tell the true end. */
  readonly estimated?: boolean
  /** How often it was closed on an estimate. */
  readonly estimates: number
  /** Why we doubt that it still runs, and when it is closed unless the station shows life. */
  readonly doubt?: string
  readonly closeAfter?: string
  /** 2.x: sequence numbers seen, as ascending closed ranges. */
  readonly seen?: readonly (readonly [number, number])[]
  /** 2.x: whether `transaction.started` was told; a car may be plugged in long before anybody authorises. */
  readonly announced?: boolean
  /** 2.x: last charging state told. */
  readonly chargingState?: string
  readonly flags: readonly string[]
}

export const transactionKey = (stationId: string, transactionId: string): string =>
  `${stationId}/${keyPart(transactionId)}`

const subjectOf = ({ stationId, transactionId }: Pick<Transaction, 'stationId' | 'transactionId'>): string =>
  `transaction.${subjectWord(stationId)}.${subjectWord(transactionId)}`

export const startedEvent = (transaction: Transaction): NewEvent =>
  newEvent({
    id: `${transaction._id}/started`,
    type: 'transaction.started',
    at: new Date(transaction.startReceivedAt),
    subject: subjectOf(transaction),
    data: {
      stationId: transaction.stationId,
      evse: transaction.evse,
      connector: transaction.connector,
      transactionId: transaction.transactionId,
      idTag: transaction.idTag,
      ...(transaction.remoteStartId === undefined ? {} : { remoteStartId: transaction.remoteStartId }),
      ...(transaction.startWh === undefined ? {} : { registerWh: transaction.startWh }),
      stationAt: transaction.startedAt,
      receivedAt: transaction.startReceivedAt,
      offline: transaction.offline,
    },
  })

/** A transaction's row tells many readings: what they are told under is put together once. */
const meterSubjects = new WeakMap<object, string>()
const meterSubjectOf = (transaction: Pick<Transaction, 'stationId' | 'transactionId'>): string => {
  let subject = meterSubjects.get(transaction)
  if (subject === undefined) {
    subject = subjectOf(transaction)
    meterSubjects.set(transaction, subject)
  }
  return subject
}

const stationTime = createTimeWriter()
const ourTime = createTimeWriter()

/** The id is made of what was read, so that the same reading sent twice is one event. */
export const meterEvent = (
  transaction: Pick<Transaction, '_id' | 'stationId' | 'transactionId'>,
  reading: Reading,
  told: { receivedAt: Date; offline: boolean; suspended?: 'EV' | 'EVSE' | 'no' | undefined },
): NewEvent => {
  const { stationId, transactionId } = transaction
  const receivedAt = ourTime(told.receivedAt.getTime())
  // The message stations send most: built without the detours of conditional spreads.
  const data: EventData['transaction.meter'] = {
    stationId,
    transactionId,
    stationAt: stationTime(reading.at.getTime()),
    receivedAt,
    offline: told.offline,
    flags: reading.flags,
  }
  if (reading.registerWh !== undefined) data.registerWh = reading.registerWh
  if (reading.powerW !== undefined) data.powerW = reading.powerW
  if (reading.socPercent !== undefined) data.socPercent = reading.socPercent
  if (told.suspended !== undefined) data.suspended = told.suspended
  if (reading.signed !== undefined) data.signed = reading.signed
  return newEvent({
    id: `${transaction._id}/meter/${reading.at.getTime()}/${reading.registerWh ?? ''}/${reading.context ?? ''}/${told.suspended ?? ''}`,
    type: 'transaction.meter',
    at: receivedAt,
    subject: meterSubjectOf(transaction),
    data,
  })
}

export const endedEvent = (
  transaction: Transaction,
  told: { offline: boolean; signed?: string | undefined },
): NewEvent =>
  newEvent({
    id: `${transaction._id}/ended${transaction.estimated ? `-estimated-${transaction.estimates}` : ''}`,
    type: 'transaction.ended',
    at: new Date(transaction.endReceivedAt!),
    subject: subjectOf(transaction),
    data: {
      stationId: transaction.stationId,
      evse: transaction.evse,
      connector: transaction.connector,
      transactionId: transaction.transactionId,
      ...(transaction.endWh === undefined ? {} : { registerWh: transaction.endWh }),
      stationAt: transaction.endedAt!,
      receivedAt: transaction.endReceivedAt!,
      reason: transaction.reason ?? 'Local',
      offline: told.offline,
      estimated: transaction.estimated ?? false,
      flags: transaction.flags,
      ...(told.signed === undefined ? {} : { signed: told.signed }),
    },
  })

/** A station event's envelope about a message of a transaction nobody knows. */
export const orphanEvent = (
  id: string,
  told: { stationId: string; transactionId: string; message: string; receivedAt: Date },
): NewEvent =>
  newEvent({
    id: `${id}/orphan`,
    type: 'transaction.orphan',
    at: told.receivedAt,
    subject: subjectOf(told),
    data: {
      stationId: told.stationId,
      transactionId: told.transactionId,
      message: told.message,
      receivedAt: told.receivedAt.toISOString(),
    },
  })

export const withFlags = (flags: readonly string[], ...more: readonly string[]): readonly string[] => [
  ...new Set([...flags, ...more]),
]

/** Without the store's own member. */
export const bare = <T extends Doc>(stored: Stored<T>): T => {
  const { _rev, ...doc } = stored
  return doc as unknown as T
}
