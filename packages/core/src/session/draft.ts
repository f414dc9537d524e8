import type { EventData } from '../events.ts'
import type { ChainIntent } from '../requests.ts'
import type { Effect, EffectKind, SessionRecord, TimerName } from './record.ts'
import { toView } from './to-view.ts'
import type { SessionStateName } from './view.ts'

/** What a step tells the world, once its record is stored. */
export type SessionEmit = {
  [T in 'session.state' | 'session.meter' | 'session.warning' | 'session.stopping' | 'session.receipt']: {
    readonly type: T
    readonly data: EventData[T]
  }
}['session.state' | 'session.meter' | 'session.warning' | 'session.stopping' | 'session.receipt']

/** The record while a step works on it: a value, replaced by each verb; the outside never sees one half-done. */
export interface Draft {
  readonly record: SessionRecord
  readonly emits: readonly SessionEmit[]
  readonly at: string
}

export const change = (draft: Draft, part: Partial<SessionRecord>): Draft => ({
  ...draft,
  record: { ...draft.record, ...part },
})

export const emit = (draft: Draft, event: SessionEmit): Draft => ({ ...draft, emits: [...draft.emits, event] })

/** Moves to a state; the event that tells it carries the view as it is when the step is over (see `step`). */
export const moveTo = (draft: Draft, state: SessionStateName, part: Partial<SessionRecord> = {}): Draft => {
  const from = draft.record.state
  const moved = change(draft, { ...part, state })
  return emit(moved, {
    type: 'session.state',
    data: { sessionId: moved.record._id, from, to: state, view: toView(moved.record) },
  })
}

/** Puts an effect into the outbox, due now. A submit whose key is already there is not put twice. */
export const effect = (draft: Draft, kind: EffectKind): Draft => {
  const { outbox, effectCount } = draft.record
  const again = outbox.some((entry) =>
    kind.kind === 'submit' && entry.kind === 'submit'
      ? entry.key === kind.key
      : entry.kind === kind.kind && kind.kind !== 'submit',
  )
  if (again) return draft
  const entry: Effect = { id: effectCount + 1, attempts: 0, dueAt: draft.at, ...kind }
  return change(draft, { outbox: [...outbox, entry], effectCount: effectCount + 1 })
}

/**
 * What the relayer knows an intent by: `<sessionId>:<kind>`, one of each kind in a session's life. What the chain refused is asked again
 * under another key.
 */
export const intentKey = ({ _id, triesAgain }: SessionRecord, kind: ChainIntent['kind']): string =>
  triesAgain === undefined ? `${_id}:${kind}` : `${_id}:again-${triesAgain}:${kind}`

/** Hands an intent to the relayer. */
export const submit = (draft: Draft, intent: ChainIntent): Draft =>
  effect(draft, { kind: 'submit', key: intentKey(draft.record, intent.kind), intent })

export const dropEffects = (draft: Draft, ...kinds: readonly EffectKind['kind'][]): Draft =>
  change(draft, { outbox: draft.record.outbox.filter((entry) => !kinds.includes(entry.kind)) })

export const setTimer = (draft: Draft, name: TimerName, at: string): Draft =>
  change(draft, { timers: { ...draft.record.timers, [name]: at } })

export const clearTimer = (draft: Draft, ...names: readonly TimerName[]): Draft => {
  const timers = { ...draft.record.timers }
  for (const name of names) delete timers[name]
  return change(draft, { timers })
}

export const flag = (draft: Draft, name: string): Draft =>
  draft.record.flags.includes(name) ? draft : change(draft, { flags: [...draft.record.flags, name] })

export const later = (at: string, seconds: number): string => new Date(Date.parse(at) + seconds * 1000).toISOString()
