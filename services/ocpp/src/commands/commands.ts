import { isWerenodeError, type StationCommand, type StationReply } from '@werenode/core'
import type { Logger } from 'pino'
import type { Converse } from '../link/converse.ts'
import type { Link } from '../link/open-link.ts'
import type { TransactionBook } from '../transactions/book.ts'
import type { RemoteStarts } from '../transactions/remote-starts.ts'
import { verbs2 } from './verbs2.ts'
import { verbs16 } from './verbs16.ts'

/** What every version can be asked; `status` words that are no acceptance become the sentence of the refusal. */
export interface Verbs {
  start(command: Extract<StationCommand, { verb: 'start' }>): Promise<string>
  stop(transactionId: string): Promise<string>
  unlock(evse: number, connector: number): Promise<string>
  setLimit(evse: number, transactionId: string | undefined, limitW: number | undefined): Promise<string>
  reset(kind: 'soft' | 'hard', evse: number | undefined): Promise<string>
  reserve(command: Extract<StationCommand, { verb: 'reserve' }>): Promise<string>
  cancelReservation(reservationId: number): Promise<string>
  availability(evse: number, operative: boolean): Promise<string>
}

/** Carries out what the EVSE Manager asks of a station whose link we hold. */
export type CarryOut = (link: Link, command: StationCommand) => Promise<StationReply>

export const createCarryOut =
  ({
    book,
    remoteStarts,
    converse,
    log,
  }: {
    book: TransactionBook
    remoteStarts: RemoteStarts
    converse: Converse
    log: Logger
  }): CarryOut =>
  async (link, command) => {
    const call = converse(link)
    const verbs = link.version === 'ocpp1.6' ? verbs16(call) : verbs2(call)
    try {
      return reply(command.verb, await perform(command))
    } catch (error) {
      if (!isWerenodeError(error)) throw error
      if (error.code === 'store-unavailable') throw error
      log.info({ stationId: link.stationId, verb: command.verb, code: error.code }, 'A command was not carried out')
      return { accepted: false, reason: error.message, retriable: error.code !== 'station-refused' }
    }

    async function perform(wanted: StationCommand): Promise<string> {
      switch (wanted.verb) {
        case 'start':
          return start(wanted)
        case 'stop': {
          const transaction = await book.get(link.stationId, wanted.transactionId)
          // The station told the end already; asking again would only be refused.
          if (transaction?.state === 'ended' && !transaction.estimated) return 'Accepted'
          return verbs.stop(wanted.transactionId)
        }
        case 'unlock':
          return verbs.unlock(wanted.evse, wanted.connector)
        case 'setLimit':
          return verbs.setLimit(wanted.evse, wanted.transactionId, wanted.limitW)
        case 'reset':
          return verbs.reset(wanted.kind, wanted.evse)
        case 'reserve':
          return verbs.reserve(wanted)
        case 'cancelReservation':
          return verbs.cancelReservation(wanted.reservationId)
        case 'availability':
          return verbs.availability(wanted.evse, wanted.operative)
      }
    }

    /** Known before it is sent, so that whatever the station does with it is recognised; the same start again is not sent twice. */
    async function start(wanted: Extract<StationCommand, { verb: 'start' }>): Promise<string> {
      const { stationId } = link
      const kept = await remoteStarts.keep({
        stationId,
        evse: wanted.evse,
        connector: wanted.connector,
        sessionId: wanted.sessionId,
        idTag: wanted.idTag,
        remoteStartId: wanted.remoteStartId,
      })
      const runs = (await book.openOn(stationId)).some((transaction) => transaction.sessionId === wanted.sessionId)
      if (kept.acceptedAt !== undefined || runs) return 'Accepted'
      const status = await verbs.start(wanted)
      if (status === 'Accepted') await remoteStarts.accepted(kept)
      return status
    }
  }

const positive = new Set(['Accepted', 'Unlocked', 'Scheduled', 'RebootRequired'])

const reply = (verb: StationCommand['verb'], status: string): StationReply => {
  if (positive.has(status)) return { accepted: true }
  return { accepted: false, reason: sentence(verb, status), retriable: retriable.has(status) }
}

const retriable = new Set(['Occupied', 'UnlockFailed', 'Faulted', 'Rejected'])

const sentence = (verb: StationCommand['verb'], status: string): string => {
  const words: Partial<Record<string, string>> = {
    Rejected: 'The charging station declined. Is the cable plugged in?',
    Occupied: 'The charging station says the plug is in use.',
    Faulted: 'The charging station reports a fault at this plug.',
    Unavailable: 'The charging station has this plug out of service.',
    UnlockFailed: 'The charging station could not release the cable.',
    NotSupported: 'The charging station cannot do this.',
    Unknown: 'The charging station does not know what this is about.',
  }
  if (verb !== 'start' && status === 'Rejected') return 'The charging station declined.'
  return words[status] ?? `The charging station answered "${status}".`
}
