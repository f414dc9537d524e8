import {
  ask,
  type Bus,
  type Clock,
  type Effect,
  faultPoint,
  intentKey,
  isWerenodeError,
  mostWh,
  retryAt,
  type SessionInput,
  type SessionRecord,
  type StationCommand,
  type StationReply,
  stationCommandSubject,
  type Unsubscribe,
} from '@werenode/core'
import type { Sessions } from './sessions.ts'

export interface EffectRunner {
  /** Runs what is due of this record's outbox, unless it runs already. Never throws. */
  kick(record: SessionRecord): void
  /** Waits for what is under way. */
  stop: Unsubscribe
}

/** What an effect brought: the step to take. */
type Outcome =
  Omit<SessionInput, 'at' | 'effectId'> extends infer _ ? DistributiveOmit<SessionInput, 'at' | 'effectId'> : never
type DistributiveOmit<T, K extends string> = T extends unknown ? Omit<T, K> : never

/** How long a station may take to answer a start or a stop; a little more than its link's own timeout. */
const commandTimeoutMs = 40_000
/** A start is marked as sent before it is sent; if we die in between it is looked at again after this time. */
const startLeaseMs = 60_000

/**
 * Does what the outboxes say, at least once. Each effect's outcome is a step that removes it; an effect that fails is put off.
 * Repeats are harmless: the relayer knows intents by key, a station its transactions, and receipts are made once.
 */
export const createEffectRunner = (deps: {
  bus: Bus
  clock: Clock
  sessions: () => Sessions
  makeReceipt: (record: SessionRecord) => Promise<Outcome>
  issuerCosign: (record: SessionRecord) => Promise<Outcome>
  onError: (error: unknown, context: Record<string, unknown>) => void
}): EffectRunner => {
  const running = new Map<string, Promise<void>>()
  let stopped = false

  const command = (record: SessionRecord, payload: StationCommand): Promise<StationReply> =>
    deps.bus.request<StationReply>(stationCommandSubject(record.stationId), payload, { timeoutMs: commandTimeoutMs })

  const run = async (record: SessionRecord, effect: Effect): Promise<Outcome> => {
    switch (effect.kind) {
      case 'submit':
        await ask(deps.bus, 'relayer.submit', { key: effect.key, intent: effect.intent })
        return { type: 'effectDone' }
      case 'start':
        return startPower(record, effect)
      case 'stop':
      case 'stopStray': {
        const transactionId =
          effect.kind === 'stopStray'
            ? effect.transactionId
            : (record.transactionKey ?? '').slice(record.stationId.length + 1)
        const reply = await command(record, {
          verb: 'stop',
          evse: record.evse,
          connector: record.connector,
          sessionId: record._id,
          transactionId,
        })
        if (effect.kind === 'stopStray' && reply.accepted) return { type: 'effectDone' }
        // Accepted is a promise, not an end: the wish stays until the station tells the end, and is repeated now and then.
        if (reply.accepted) return { type: 'effectFailed', message: 'waiting for the end', retryAt: after(60_000) }
        return {
          type: 'effectFailed',
          message: reply.reason,
          retryAt: retryAt(deps.clock().toISOString(), effect.attempts),
        }
      }
      case 'limit': {
        if (record.endedAt !== undefined) return { type: 'effectDone' }
        // The session's own start, again: a station that knows it takes the new bound and nothing else.
        await command(record, startOf(record))
        return { type: 'effectDone' }
      }
      case 'receipt':
        return deps.makeReceipt(record)
      case 'issuerCosign':
        return deps.issuerCosign(record)
      case 'prove': {
        if (record.evidence === undefined || record.receipt === undefined) return { type: 'effectDone' }
        await ask(deps.bus, 'relayer.submit', {
          key: intentKey(record, 'prove'),
          intent: { kind: 'prove', terms: record.terms, receipt: record.receipt, evidence: record.evidence },
        })
        return { type: 'effectDone' }
      }
    }
  }

  const after = (ms: number): string => new Date(deps.clock().getTime() + ms).toISOString()

  const startPower = async (record: SessionRecord, effect: Effect): Promise<Outcome> => {
    const sentBefore = effect.attempts > 0
    await deps.sessions().act(record._id, (now) =>
      now.outbox.some((entry) => entry.id === effect.id)
        ? {
            input: {
              type: 'effectFailed',
              at: deps.clock().toISOString(),
              effectId: effect.id,
              message: 'sent',
              retryAt: after(startLeaseMs),
            },
          }
        : undefined,
    )
    try {
      const reply = await command(record, startOf(record))
      // After a crash the station may have started on the first command and refuse the second: then the start timer decides.
      if (reply.accepted || sentBefore) return { type: 'startAccepted' }
      return { type: 'startRefused', reason: reply.reason }
    } catch (error) {
      if (!isWerenodeError(error)) throw error
      if (error.code === 'no-responder' || error.code === 'station-offline')
        return { type: 'startRefused', reason: 'The station is not connected. Nothing was charged.' }
      if (error.code === 'timeout' || error.code === 'station-timeout')
        return { type: 'startRefused', reason: 'The station did not answer in time. Nothing was charged.' }
      throw error
    }
  }

  const perform = async (record: SessionRecord, effect: Effect): Promise<void> => {
    faultPoint(`effect.${effectName(effect)}.begin`)
    const outcome = await run(record, effect).catch((error: unknown): Outcome => {
      const expected =
        isWerenodeError(error) &&
        ['no-responder', 'timeout', 'station-offline', 'station-timeout', 'chain-unavailable'].includes(error.code)
      if (!expected) deps.onError(error, { sessionId: record._id, effect: effect.kind })
      const message = error instanceof Error ? error.message : String(error)
      return { type: 'effectFailed', message, retryAt: retryAt(deps.clock().toISOString(), effect.attempts) }
    })
    await deps
      .sessions()
      .act(record._id, (now) =>
        now.outbox.some((entry) => entry.id === effect.id)
          ? { input: { ...outcome, at: deps.clock().toISOString(), effectId: effect.id } as SessionInput }
          : undefined,
      )
  }

  return {
    kick: (record) => {
      if (stopped) return
      const now = deps.clock().toISOString()
      for (const effect of record.outbox) {
        const key = `${record._id}:${effect.id}`
        if (effect.dueAt > now || running.has(key)) continue
        const work = perform(record, effect)
          .catch((error: unknown) => deps.onError(error, { sessionId: record._id, effect: effect.kind }))
          .finally(() => running.delete(key))
        running.set(key, work)
      }
    },
    stop: async () => {
      stopped = true
      await Promise.allSettled(running.values())
    },
  }
}

const startOf = (record: SessionRecord): StationCommand => {
  const limitWh = mostWh(record)
  return {
    verb: 'start',
    evse: record.evse,
    connector: record.connector,
    sessionId: record._id,
    idTag: record.idTag,
    remoteStartId: record.remoteStartId,
    ...(limitWh === undefined ? {} : { limitWh }),
  }
}

const effectName = (effect: Effect): string => (effect.kind === 'submit' ? `submit-${effect.intent.kind}` : effect.kind)

export type { Outcome }
