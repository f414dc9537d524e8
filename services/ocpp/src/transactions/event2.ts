import type { ConnectorStatus } from '@werenode/core'
import { keyPart } from '../keep/key.ts'
import type { Suspended } from '../status/connectors.ts'
import type { OcppVersion } from '../wire/version.ts'
import type { Authorization, Authorize } from './authorize.ts'
import type { Change, StoredReading, TransactionBook } from './book.ts'
import { ended, reopened } from './end.ts'
import { judged, type MeterGroup } from './meter-values.ts'
import type { RemoteStart, RemoteStarts } from './remote-starts.ts'
import { hasSeen, withSeen } from './sequence.ts'
import { endedEvent, meterEvent, startedEvent, type Transaction, transactionKey, withFlags } from './transaction.ts'
import type { Zombies } from './zombies.ts'

/** OCPP 2.x TransactionEvent, parsed. */
export interface Event2 {
  readonly stationId: string
  readonly version: OcppVersion
  readonly type: 'Started' | 'Updated' | 'Ended'
  readonly transactionId: string
  /** Undefined when the station left it out: the event then counts by its time. */
  readonly seqNo: number | undefined
  readonly at: Date
  readonly offline: boolean
  readonly evse: number | undefined
  readonly connector: number | undefined
  readonly idTag: string | undefined
  readonly remoteStartId: number | undefined
  readonly chargingState: string | undefined
  readonly stoppedReason: string | undefined
  readonly groups: readonly MeterGroup[]
  readonly receivedAt: Date
  readonly maxPowerW: number
}

/**
 * Takes a TransactionEvent into the transaction it belongs to: once by its sequence number, in any order, before its Started and
 * after its Ended (OCPP 2.0.1 E04, E12). Answers the authorisation when the event carries an id.
 */
export const createEvent2 = ({
  book,
  authorize,
  remoteStarts,
  zombies,
}: {
  book: TransactionBook
  authorize: Authorize
  remoteStarts: RemoteStarts
  zombies: Zombies
}) => {
  const who = async (event: Event2): Promise<{ authorization?: Authorization; remoteStart?: RemoteStart }> => {
    if (event.idTag !== undefined) {
      const authorization = await authorize({
        stationId: event.stationId,
        idTag: event.idTag,
        ...(event.evse === undefined ? {} : { evse: event.evse }),
        ...(event.connector === undefined ? {} : { connector: event.connector }),
      })
      return { authorization, ...(authorization.remoteStart ? { remoteStart: authorization.remoteStart } : {}) }
    }
    if (event.remoteStartId === undefined) return {}
    const remoteStart = await remoteStarts.findNumber(event.stationId, event.remoteStartId)
    return remoteStart ? { remoteStart } : {}
  }

  return async (event: Event2): Promise<Authorization | undefined> => {
    const known = await book.get(event.stationId, event.transactionId)
    const asked = known && isRepeat(known, event) && event.idTag === undefined ? {} : await who(event)

    if (!known) {
      const blank = opened(event)
      if (event.type === 'Started')
        await zombies.superseded(event.stationId, blank.evse, { startKey: blank.startKey, at: event.at })
      const { row, ...rest } = await take(book, blank, event, asked)
      if (await book.insert(row ?? blank, rest)) return asked.authorization
      // The same transaction came in by another link meanwhile: its row is there now.
    }
    await book.change(event.stationId, event.transactionId, (current) =>
      isRepeat(current, event) ? undefined : take(book, current, event, asked),
    )
    return asked.authorization
  }
}

const isRepeat = (transaction: Transaction, { seqNo }: Event2): boolean =>
  seqNo !== undefined && hasSeen(transaction.seen ?? [], seqNo)

const opened = (event: Event2): Transaction => ({
  _id: transactionKey(event.stationId, event.transactionId),
  stationId: event.stationId,
  transactionId: event.transactionId,
  version: event.version,
  startKey: `${event.stationId}|2|${keyPart(event.transactionId)}`,
  evse: event.evse ?? 1,
  connector: event.connector ?? 1,
  idTag: '',
  authorization: '',
  state: 'open',
  startedAt: event.at.toISOString(),
  startReceivedAt: event.receivedAt.toISOString(),
  offline: event.offline,
  estimates: 0,
  seen: [],
  announced: false,
  flags: event.type === 'Started' ? [] : ['start-missing'],
})

const take = async (
  book: TransactionBook,
  current: Transaction,
  event: Event2,
  { authorization, remoteStart }: { authorization?: Authorization; remoteStart?: RemoteStart },
): Promise<Change> => {
  const { receivedAt, offline } = event
  const readings = await judged(book, current, event)
  let row: Transaction = {
    ...current,
    ...(event.evse === undefined ? {} : { evse: event.evse }),
    ...(event.connector === undefined ? {} : { connector: event.connector }),
    ...(event.seqNo === undefined ? {} : { seen: withSeen(current.seen ?? [], event.seqNo) }),
    ...(event.chargingState === undefined ? {} : { chargingState: event.chargingState }),
    ...identityOf(current, event, authorization, remoteStart),
  }
  if (event.type === 'Started') row = withStart(row, event, readings)
  else if (current.startWh === undefined) row = withFirstRegister(row, readings)

  if (row.doubt !== undefined && !offline) {
    const { doubt, closeAfter, ...certain } = row
    row = certain
  }
  if (event.type === 'Updated' && current.estimated && event.at.toISOString() > (current.endedAt ?? ''))
    row = reopened(row)
  const endsNow = event.type === 'Ended' && !(current.state === 'ended' && !current.estimated)
  if (endsNow) row = withEnd(row, event, readings.at(-1) ?? lastOf(await book.lastReading(current)))

  const announcesNow = !current.announced && isAnnouncing(row)
  if (announcesNow) row = { ...row, announced: true }
  const suspended = suspendedIn(event.chargingState)
  const saysState = suspended !== undefined && event.chargingState !== current.chargingState
  const told = { receivedAt, offline, suspended }
  return {
    row,
    readings,
    events: [
      ...(announcesNow ? [startedEvent(row)] : []),
      ...readings.map(({ reading }) => meterEvent(row, reading, told)),
      ...(readings.length === 0 && saysState ? [meterEvent(row, { at: event.at, flags: [] }, told)] : []),
      ...(endsNow
        ? [endedEvent(row, { offline, signed: readings.findLast(({ reading }) => reading.signed)?.reading.signed })]
        : []),
    ],
  }
}

const lastOf = (reading: Awaited<ReturnType<TransactionBook['lastReading']>>): StoredReading | undefined =>
  reading && { reading, raw: undefined }

const identityOf = (
  current: Transaction,
  event: Event2,
  authorization: Authorization | undefined,
  remoteStart: RemoteStart | undefined,
): Partial<Transaction> => {
  const idTag = remoteStart?.idTag ?? event.idTag
  // The id that ends a transaction may be another card of the same group; the one that began it stays.
  const isFirst = current.idTag === '' && idTag !== undefined
  return {
    ...(isFirst ? { idTag, authorization: authorization?.status ?? 'Accepted' } : {}),
    ...(isFirst && event.idTag !== undefined && event.idTag !== idTag ? { givenIdTag: event.idTag } : {}),
    ...(remoteStart && current.sessionId === undefined
      ? { remoteStartId: remoteStart.remoteStartId, sessionId: remoteStart.sessionId }
      : event.remoteStartId !== undefined && current.remoteStartId === undefined
        ? { remoteStartId: event.remoteStartId }
        : {}),
  }
}

const withStart = (row: Transaction, event: Event2, readings: readonly StoredReading[]): Transaction => {
  const register = firstRegister(readings)
  return {
    ...row,
    startedAt: event.at.toISOString(),
    startReceivedAt: event.receivedAt.toISOString(),
    offline: event.offline,
    ...(register === undefined ? {} : { startWh: register }),
    flags: row.flags.filter((flag) => flag !== 'start-missing'),
  }
}

/** Stations may send the begin register only with a later event, once a meter value was sampled. */
const withFirstRegister = (row: Transaction, readings: readonly StoredReading[]): Transaction => {
  const register = firstRegister(readings)
  return register === undefined ? row : { ...row, startWh: register }
}

const firstRegister = (readings: readonly StoredReading[]): number | undefined =>
  (
    readings.find(({ reading }) => reading.context === 'Transaction.Begin' && reading.registerWh !== undefined) ??
    readings.find(({ reading }) => reading.registerWh !== undefined)
  )?.reading.registerWh

const withEnd = (row: Transaction, event: Event2, last: StoredReading | undefined): Transaction => {
  const registerWh = last?.reading.registerWh ?? row.startWh
  const flags = withFlags(last?.reading.flags ?? [], ...(registerWh === undefined ? ['stop-register-missing'] : []))
  return ended(row, {
    at: event.at,
    receivedAt: event.receivedAt,
    registerWh,
    reason: event.stoppedReason ?? 'Local',
    flags,
  })
}

/** Somebody is named, or power flows, or it is already over: then it is a transaction to the rest of the house. */
const isAnnouncing = (row: Transaction): boolean =>
  row.idTag !== '' || row.remoteStartId !== undefined || row.chargingState === 'Charging' || row.state === 'ended'

export const suspendedIn = (chargingState: string | undefined): Suspended | undefined =>
  chargingState === 'SuspendedEV'
    ? 'EV'
    : chargingState === 'SuspendedEVSE'
      ? 'EVSE'
      : chargingState === 'Charging'
        ? 'no'
        : undefined

/** 1.6's finer status word for a 2.x charging state: `Occupied` alone says too little. */
export const statusIn = (chargingState: string | undefined): ConnectorStatus | undefined =>
  (
    ({
      EVConnected: 'Preparing',
      Charging: 'Charging',
      SuspendedEV: 'SuspendedEV',
      SuspendedEVSE: 'SuspendedEVSE',
      Idle: 'Finishing',
    }) as Record<string, ConnectorStatus>
  )[chargingState ?? '']
