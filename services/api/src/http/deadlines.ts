import { WerenodeError } from '@werenode/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendProblem } from './problem.ts'

export interface Deadlines {
  /** Runs a handler; when it takes too long its caller is answered `timeout`, and what it comes to later is not sent. */
  within<T>(request: FastifyRequest, reply: FastifyReply, handler: () => Promise<T>): Promise<T>
}

/**
 * One limit for all handlers and one timer for all requests: all wait equally long, so that the first that began is the first that is
 * late. A timer and an abort signal for each request (Fastify's `handlerTimeout`) cost a fifth of reading a session.
 */
export const createDeadlines = (limitMs: number): Deadlines => {
  const running = new Map<FastifyReply, { request: FastifyRequest; since: number }>()
  let timer: NodeJS.Timeout | undefined

  const answerLate = (): void => {
    timer = undefined
    const now = performance.now()
    for (const [reply, { request, since }] of running) {
      const leftMs = since + limitMs - now
      if (leftMs > 0) {
        timer = setTimeout(answerLate, leftMs).unref()
        return
      }
      running.delete(reply)
      if (!reply.sent)
        sendProblem(request, reply, new WerenodeError('timeout', 'The answer took too long', { hint: 'Try again.' }))
    }
  }

  return {
    async within(request, reply, handler) {
      running.set(reply, { request, since: performance.now() })
      if (timer === undefined) timer = setTimeout(answerLate, limitMs).unref()
      try {
        return await handler()
      } finally {
        running.delete(reply)
      }
    },
  }
}
