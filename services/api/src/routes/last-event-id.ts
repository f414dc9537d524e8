import { WerenodeError } from '@werenode/core'
import type { FastifyRequest } from 'fastify'

/** Where a stream goes on, if the listener says so. */
export const lastEventId = (request: FastifyRequest): { afterSeq?: number } => {
  const header = request.headers['last-event-id']
  if (header === undefined || header === '') return {}
  const seq = Number(header)
  if (Number.isSafeInteger(seq) && seq >= 0) return { afterSeq: seq }
  throw new WerenodeError('invalid-input', 'The Last-Event-ID is not one of this stream', {
    hint: 'Send the id of the last event you saw, or leave the header out.',
  })
}
