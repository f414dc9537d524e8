import type { SessionEmit } from './draft.ts'
import { change, type Draft, later } from './draft.ts'
import { charging } from './handle-charging.ts'
import { deposit } from './handle-deposit.ts'
import { settling } from './handle-settlement.ts'
import { starting } from './handle-start.ts'
import type { SessionInput } from './input.ts'
import type { SessionRecord, TimerName } from './record.ts'
import { toView } from './to-view.ts'
import { tryAgain } from './try-again.ts'
import { terminalStates } from './view.ts'
import { longestPauseS, withinReach } from './within-reach.ts'

/** The few times the machine lives by, in seconds. */
export interface SessionSettings {
  /** How long power may take to begin after the station said yes. */
  readonly startTimeoutS: number
  /** How long the driver's device has to co-sign before the operator proposes alone. */
  readonly cosignTimeoutS: number
  /** How often stations report; the stop at the limit keeps one interval in hand. */
  readonly reportingIntervalS: number
  /** How long a rolled-back deposit may take to come again before the plug is stopped (R49). */
  readonly reopenS: number
}

export const defaultSessionSettings: SessionSettings = {
  startTimeoutS: 180,
  cosignTimeoutS: 120,
  reportingIntervalS: 30,
  reopenS: 60,
}

export interface Stepped {
  readonly record: SessionRecord
  readonly emits: readonly SessionEmit[]
  /** False when the input meant nothing (a repeat, a latecomer): nothing need be stored. */
  readonly changed: boolean
}

/**
 * The session machine: `(record, input) -> (record, events)`, pure. What must be done next is in the new record's outbox and
 * timers. An input that does not fit the state changes nothing, because everything outside is at-least-once.
 */
export const step = (record: SessionRecord, input: SessionInput, settings: SessionSettings): Stepped => {
  const begin: Draft = { record: settleEffect(record, input), emits: [], at: input.at }
  const end = dispatch(begin, input, settings)
  const timed = withDueAt(terminalStates.has(end.record.state) ? { ...end.record, timers: {} } : end.record)
  if (same(timed, record) && end.emits.length === 0) return { record, emits: [], changed: false }
  const view = toView(timed)
  const emits = end.emits.map((event) =>
    event.type === 'session.state' || event.type === 'session.receipt'
      ? ({ ...event, data: { ...event.data, view } } as SessionEmit)
      : event,
  )
  return { record: timed, emits, changed: true }
}

const dispatch = (draft: Draft, input: SessionInput, settings: SessionSettings): Draft => {
  switch (input.type) {
    case 'effectDone':
    case 'effectFailed':
      return draft
    case 'opened':
    case 'openFailed':
    case 'openRolledBack':
    case 'toppedUp':
    case 'cancelRequested':
    case 'cancelled':
    case 'reclaimed':
      return deposit(draft, input, settings)
    case 'startAccepted':
    case 'startRefused':
    case 'transactionStarted':
      return starting(draft, input, settings)
    case 'reading':
    case 'station':
    case 'stopRequested':
    case 'transactionEnded':
      return charging(draft, input, settings)
    case 'receiptReady':
    case 'cosigned':
    case 'intentFailed':
    case 'proposed':
    case 'settled':
    case 'disputed':
    case 'endRolledBack':
      return settling(draft, input, settings)
    case 'timer':
      return ring(draft, input.name, settings)
    case 'clockSetBack':
      return change(draft, withinReach(draft.record, draft.at, settings))
  }
}

const ring = (draft: Draft, name: TimerName, settings: SessionSettings): Draft => {
  const set = draft.record.timers[name]
  if (set === undefined || set > draft.at) return draft
  const timers = { ...draft.record.timers }
  delete timers[name]
  const rung: Draft = { ...draft, record: { ...draft.record, timers } }
  switch (name) {
    case 'start':
      return starting(rung, { type: 'timer', name, at: draft.at }, settings)
    case 'reopen':
      return deposit(rung, { type: 'timer', name, at: draft.at }, settings)
    case 'assumeEnded':
      return charging(rung, { type: 'timer', name, at: draft.at }, settings)
    case 'cosign':
    case 'finalise':
      return settling(rung, { type: 'timer', name, at: draft.at }, settings)
    case 'again':
      return tryAgain(rung)
  }
}

/** An outcome removes its effect from the outbox; a failure puts it off with one more attempt counted. */
const settleEffect = (record: SessionRecord, input: SessionInput): SessionRecord => {
  if (input.effectId === undefined) return record
  if (input.type !== 'effectFailed')
    return { ...record, outbox: record.outbox.filter((entry) => entry.id !== input.effectId) }
  return {
    ...record,
    outbox: record.outbox.map((entry) =>
      entry.id === input.effectId ? { ...entry, attempts: entry.attempts + 1, dueAt: input.retryAt } : entry,
    ),
  }
}

const withDueAt = (record: SessionRecord): SessionRecord => {
  const times = [...Object.values(record.timers), ...record.outbox.map((entry) => entry.dueAt)].sort()
  const { dueAt: _before, ...rest } = record
  return times[0] === undefined ? rest : { ...rest, dueAt: times[0] }
}

const same = (a: SessionRecord, b: SessionRecord): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Pause before an effect is tried again: 1, 2, 4 ... 60 seconds. */
export const retryAt = (at: string, attempts: number): string =>
  later(at, Math.min(longestPauseS, 2 ** Math.min(attempts, 6)))
