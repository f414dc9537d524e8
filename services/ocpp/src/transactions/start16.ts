import { keyPart } from '../keep/key.ts'
import { isPlausibleTime } from '../wire/station-time.ts'
import type { Authorization, Authorize } from './authorize.ts'
import type { TransactionBook } from './book.ts'
import { startedEvent, type Transaction, transactionKey } from './transaction.ts'
import type { Zombies } from './zombies.ts'

/** OCPP 1.6 StartTransaction, parsed. */
export interface Start16 {
  readonly stationId: string
  readonly evse: number
  readonly idTag: string
  readonly meterStartWh: number | undefined
  /** The station's clock; undefined when it told no time. */
  readonly at: Date | undefined
  readonly receivedAt: Date
  readonly connectedAt: Date
}

export interface Started16 {
  readonly transactionId: number
  readonly authorization: Pick<Authorization, 'status' | 'expiresAt' | 'groupId'>
}

/**
 * Opens a transaction and gives it its number, or finds the one the same physical start already has: stations repeat
 * StartTransaction under new message ids, over new links and from their offline queue.
 */
export const createStart16 = ({
  book,
  authorize,
  zombies,
}: {
  book: TransactionBook
  authorize: Authorize
  zombies: Zombies
}) => {
  return async (start: Start16): Promise<Started16> => {
    const { stationId, evse, idTag, receivedAt } = start
    const at = start.at ?? receivedAt
    const natural = [stationId, evse, keyPart(idTag.toUpperCase()), at.toISOString(), start.meterStartWh ?? ''].join(
      '|',
    )
    const known = await findKnown(book, natural, at)
    if (known.transaction) return answerOf(known.transaction)

    const authorization = await authorize({ stationId, idTag, evse, connector: 1 })
    await zombies.superseded(stationId, evse, { startKey: known.startKey, at })
    const { remoteStart } = authorization
    const houseTag = remoteStart?.idTag ?? idTag

    for (let number = transactionNumber(receivedAt); ; number += 1) {
      const row: Transaction = {
        _id: transactionKey(stationId, String(number)),
        stationId,
        transactionId: String(number),
        version: 'ocpp1.6',
        startKey: known.startKey,
        evse,
        connector: 1,
        idTag: houseTag,
        ...(houseTag === idTag ? {} : { givenIdTag: idTag }),
        ...(remoteStart ? { remoteStartId: remoteStart.remoteStartId, sessionId: remoteStart.sessionId } : {}),
        authorization: authorization.status,
        state: 'open',
        startedAt: at.toISOString(),
        startReceivedAt: receivedAt.toISOString(),
        ...(start.meterStartWh === undefined ? {} : { startWh: start.meterStartWh }),
        offline: at.getTime() < start.connectedAt.getTime() - 5_000,
        estimates: 0,
        flags: [
          ...(start.at === undefined ? ['time-missing'] : isPlausibleTime(at) ? [] : ['clock-unset']),
          ...(start.meterStartWh === undefined ? ['start-register-missing'] : []),
        ],
      }
      if (await book.insert(row, { events: [startedEvent(row)] })) return { transactionId: number, authorization }
      // Either the same start came in by another link meanwhile, or the number is taken.
      const rival = await book.byStartKey(known.startKey)
      if (rival) return answerOf(rival)
    }
  }
}

/**
 * A station whose clock was never set tells the same time after every boot. Where such a start equals one that is truly over, it is
 * another start; with a clock that was set it can only be the same one again.
 */
const findKnown = async (book: TransactionBook, natural: string, at: Date) => {
  for (let startKey = natural, round = 2; ; startKey = `${natural}|${round}`, round += 1) {
    const transaction = await book.byStartKey(startKey)
    const isOver = transaction?.state === 'ended' && !transaction.estimated
    if (!transaction || !(isOver && !isPlausibleTime(at))) return { startKey, transaction }
  }
}

const answerOf = (transaction: Transaction): Started16 => ({
  transactionId: Number(transaction.transactionId),
  authorization: { status: transaction.authorization as Authorization['status'] },
})

/**
 * Seconds since 2024: rises, fits 31 bits until 2092, and a number a station still holds from before a lost database is never given
 * to another transaction.
 */
const transactionNumber = (now: Date): number => Math.floor((now.getTime() - Date.UTC(2024, 0, 1)) / 1000)
