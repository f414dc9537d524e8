import type { Clock } from '@werenode/core'
import type { Logger } from 'pino'
import { outgoing16 } from '../v16/outgoing.ts'
import { outgoing21 } from '../v21/outgoing.ts'
import { outgoing201 } from '../v201/outgoing.ts'
import type { Dossier } from '../watch/dossier.ts'
import { redactFrame } from '../watch/redact.ts'
import type { OcppVersion } from '../wire/version.ts'
import type { Link } from './open-link.ts'
import type { Call, OutgoingTable, Settled } from './outgoing.ts'

export const outgoingOf: Record<OcppVersion, OutgoingTable> = {
  'ocpp1.6': outgoing16,
  'ocpp2.0.1': outgoing201,
  'ocpp2.1': outgoing21,
}

/** A link's CALLs with their consequences: what the station confirmed is kept before the caller hears of it. */
export type Converse = (link: Link) => Call

export const createConverse =
  ({ dossier, clock, log }: { dossier: Dossier; clock: Clock; log: Logger }): Converse =>
  (link) => {
    const keep = async (action: string, request: unknown, answer: unknown): Promise<void> => {
      const { stationId, version } = link
      const at = clock()
      const outgoing = outgoingOf[version][action]
      try {
        const told: Settled<unknown, unknown> = { stationId, version, request, answer, at, dossier }
        if (outgoing?.settle) await outgoing.settle(told as Settled<never, never>)
        const kept = JSON.parse(redactFrame(JSON.stringify([action, request, answer]), action)) as unknown[]
        const exchange = { request: kept[1] ?? null, answer: kept[2] ?? null, at: at.toISOString() }
        await dossier.put(stationId, 'exchange', [{ key: action, value: exchange }])
      } catch (error) {
        // The station did what it did; only our note of it is missing, and the next report of the station mends it.
        log.warn({ stationId, action, err: error }, 'What an answer made true could not be kept')
      }
    }

    return async (action, payload, options = {}) => {
      const answer = await link.call(action, payload, {
        ...options,
        onLate: (late) => {
          void keep(action, payload, late)
          options.onLate?.(late)
        },
      })
      await keep(action, payload, answer)
      return answer
    }
  }
