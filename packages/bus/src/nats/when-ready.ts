import { setTimeout as pause } from 'node:timers/promises'
import { JetStreamApiError } from '@nats-io/jetstream'
import { WerenodeError } from '@werenode/core'

/** Servers that are busy, or that choose a leader, are asked again after so long. */
const AGAIN_MS = 500
const WITHIN_MS = 60_000

/** Not now: no answer in time, or none of the servers leads yet. Anything else is said at once. */
const mayPass = (error: unknown): boolean =>
  (error instanceof Error && error.name === 'TimeoutError') ||
  (error instanceof JetStreamApiError && error.apiError().code === 503)

/**
 * Asks until there is an answer: a process that begins while the servers choose a leader waits for them instead of ending. Throws
 * `store-unavailable` after a minute.
 */
export const whenReady = async <T>(ask: () => Promise<T>, withinMs = WITHIN_MS): Promise<T> => {
  const startedAt = performance.now()
  for (;;) {
    try {
      return await ask()
    } catch (cause) {
      if (!mayPass(cause)) throw cause
      if (performance.now() - startedAt > withinMs)
        throw new WerenodeError('store-unavailable', 'JetStream of the NATS servers does not answer', {
          hint: 'Check that most of the servers run and have chosen a leader: `nats server report jetstream`.',
          cause,
        })
    }
    await pause(AGAIN_MS)
  }
}
