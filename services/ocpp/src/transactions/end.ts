import type { Reading } from '../meter/reading.ts'
import type { Change } from './book.ts'
import { endedEvent, type Transaction, withFlags } from './transaction.ts'

/** The row of a transaction whose true end the station told. */
export const ended = (
  current: Transaction,
  end: {
    at: Date
    receivedAt: Date
    registerWh: number | undefined
    reason: string
    flags: readonly string[]
  },
): Transaction => {
  const { closeAfter, doubt, ...rest } = current
  return {
    ...rest,
    state: 'ended',
    estimated: false,
    endedAt: end.at.toISOString(),
    endReceivedAt: end.receivedAt.toISOString(),
    ...(end.registerWh === undefined ? {} : { endWh: end.registerWh }),
    reason: end.reason,
    flags: withFlags(current.flags, ...end.flags, ...(current.estimated ? ['end-after-estimate'] : [])),
  }
}

/** Closes a transaction whose end never came on what was last read (power cut, forgotten by the station). */
export const endedOnEstimate = (
  current: Transaction,
  last: Reading | undefined,
  told: { receivedAt: Date; reason: string },
): Change => {
  const { closeAfter, doubt, ...rest } = current
  const lastAt = last && last.at.toISOString() > current.startedAt ? last.at.toISOString() : current.startedAt
  const endWh = last?.registerWh ?? current.startWh
  const row: Transaction = {
    ...rest,
    state: 'ended',
    estimated: true,
    estimates: current.estimates + 1,
    endedAt: lastAt,
    endReceivedAt: told.receivedAt.toISOString(),
    ...(endWh === undefined ? {} : { endWh }),
    reason: told.reason,
    flags: withFlags(current.flags, 'estimated'),
  }
  return { row, events: [endedEvent(row, { offline: true })] }
}

/** The station goes on with a transaction we had closed on an estimate. */
export const reopened = (current: Transaction): Transaction => {
  const { endedAt, endReceivedAt, endWh, reason, estimated, ...rest } = current
  return { ...rest, state: 'open', flags: withFlags(current.flags, 'reopened') }
}
