import { change, clearTimer, type Draft, dropEffects, effect, flag, later, moveTo, setTimer, submit } from './draft.ts'
import { endInTime } from './end-in-time.ts'
import type { SessionInput } from './input.ts'
import { isStandingOpen } from './standing-open.ts'
import type { SessionSettings } from './step.ts'
import { dateOf } from './three-clocks.ts'

type StartInput = Extract<SessionInput, { type: 'startAccepted' | 'startRefused' | 'transactionStarted' | 'timer' }>

/** From the deposit to power, and back when power does not come. */
export const starting = (draft: Draft, input: StartInput, settings: SessionSettings): Draft => {
  const { record } = draft
  switch (input.type) {
    case 'startAccepted':
      return record.state === 'funded'
        ? setTimer(moveTo(draft, 'starting'), 'start', later(draft.at, settings.startTimeoutS))
        : draft
    case 'startRefused':
      return record.state === 'funded' || record.state === 'starting' ? cancel(draft, input.reason) : draft
    case 'timer':
      return record.state === 'starting'
        ? cancel(
            draft,
            'The station said yes but power did not begin in time. Is the cable plugged in? Nothing was charged.',
          )
        : draft
    case 'transactionStarted':
      return transactionStarted(draft, input)
  }
}

const transactionStarted = (draft: Draft, input: Extract<StartInput, { type: 'transactionStarted' }>): Draft => {
  const { record } = draft
  const key = `${record.stationId}/${input.transactionId}`
  if (record.transactionKey === key) return draft
  if (record.transactionKey !== undefined)
    return effect(flag(draft, 'second-transaction'), { kind: 'stopStray', transactionId: input.transactionId })
  const earliest = Date.parse(record.openedAt ?? record.createdAt)
  const startedAt = new Date(Math.max(earliest, dateOf(input).atMs)).toISOString()
  const started: Partial<Draft['record']> = {
    transactionKey: key,
    startedAt,
    suspended: 'no',
    ...(input.registerWh === undefined
      ? {}
      : { startWh: input.registerWh, lastWh: input.registerWh, lastBelievedAt: startedAt }),
  }
  switch (record.state) {
    case 'opening':
      return change(draft, started)
    case 'funded':
    case 'starting':
      return endInTime(acknowledged(moveTo(dropEffects(clearTimer(draft, 'start'), 'start'), 'charging', started)))
    case 'cancelling': {
      // A late start is adopted while the deposit is certainly still there, that is while the cancellation has not left the house.
      const stillHere = record.outbox.some(
        (entry) => entry.kind === 'submit' && entry.intent.kind === 'cancel' && entry.attempts === 0,
      )
      if (!stillHere || record.stopReason !== undefined) return stray(draft, input.transactionId)
      const { message: _over, ...kept } = record
      return endInTime(
        moveTo(dropEffects({ ...draft, record: kept }, 'submit'), 'charging', { ...started, holdsConnector: true }),
      )
    }
    default:
      return stray(draft, input.transactionId)
  }
}

/** A driver without our API learns from the chain alone that power began. */
const acknowledged = (draft: Draft): Draft =>
  isStandingOpen(draft.record) ? submit(draft, { kind: 'acknowledgeStart', terms: draft.record.terms }) : draft

const stray = (draft: Draft, transactionId: string): Draft =>
  effect(flag(draft, 'late-start'), { kind: 'stopStray', transactionId })

/** The start failed or is not wanted: the deposit goes back at once. */
export const cancel = (draft: Draft, message: string): Draft => {
  const quiet = dropEffects(clearTimer(draft, 'start', 'reopen'), 'start')
  if (!draft.record.paid)
    return moveTo(quiet, 'cancelled', { message, holdsConnector: false, paidMicro: '0', returnedMicro: '0' })
  return submit(moveTo(quiet, 'cancelling', { message, holdsConnector: false }), {
    kind: 'cancel',
    terms: draft.record.terms,
  })
}
