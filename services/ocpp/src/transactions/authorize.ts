import { ask, type Bus, isWerenodeError } from '@werenode/core'
import type { Logger } from 'pino'
import type { RemoteStart, RemoteStarts } from './remote-starts.ts'

export interface Authorization {
  readonly status: 'Accepted' | 'Blocked' | 'Expired' | 'Invalid' | 'ConcurrentTx'
  readonly expiresAt?: string
  readonly groupId?: string
  readonly message?: string
  /** The start this id was made for, when we asked for it ourselves. */
  readonly remoteStart?: RemoteStart
}

/** May this id charge here? Ids of starts we sent ourselves are known; everything else is the manager's to decide. */
export type Authorize = (question: {
  stationId: string
  idTag: string
  evse?: number
  connector?: number
}) => Promise<Authorization>

export const createAuthorize =
  ({
    bus,
    remoteStarts,
    log,
    timeoutMs = 10_000,
  }: {
    bus: Bus
    remoteStarts: RemoteStarts
    log: Logger
    timeoutMs?: number
  }): Authorize =>
  async (question) => {
    const remoteStart = await remoteStarts.find(question.stationId, question.idTag)
    if (remoteStart) return { status: 'Accepted', remoteStart }
    try {
      return await ask(bus, 'manager.authorize', question, { timeoutMs })
    } catch (error) {
      if (!isWerenodeError(error)) throw error
      // Nobody who could promise payment was reached: power would flow for nothing. The driver may try again.
      log.warn({ stationId: question.stationId, code: error.code }, 'A card could not be checked, so it is refused')
      return { status: 'Invalid', message: 'The card cannot be checked at the moment' }
    }
  }
