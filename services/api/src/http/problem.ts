import { type ErrorCode, errorStatus, isWerenodeError, WerenodeError } from '@werenode/core'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Any route may answer these. */
export const errorsOfEveryRoute: readonly ErrorCode[] = [
  'invalid-input',
  'not-authenticated',
  'not-allowed',
  'too-large',
  'rate-limited',
  'internal',
  'store-unavailable',
  'no-responder',
  'timeout',
]

const titles: Partial<Record<number, string>> = {
  400: 'Not understood',
  401: 'Not signed in',
  402: 'Not enough credit',
  403: 'Not allowed',
  404: 'Not found',
  406: 'Not acceptable',
  409: 'Not possible now',
  410: 'No longer there',
  413: 'Too large',
  422: 'Refused',
  429: 'Too many requests',
  500: 'Our fault',
  503: 'Not available now',
  504: 'Took too long',
}

/** A field that was refused, by its path in the input. */
export interface Issue {
  readonly at: string
  readonly message: string
}

export class InvalidInput extends WerenodeError {
  readonly issues: readonly Issue[]
  constructor(where: string, issues: readonly Issue[]) {
    const first = issues[0]
    super('invalid-input', `The ${where} was not understood${first ? `: ${first.at || where} ${first.message}` : ''}`, {
      hint: 'See /openapi.json for what this route takes.',
    })
    this.issues = issues
  }
}

/** Answers an error as RFC 9457 problem details. */
export const sendProblem = (request: FastifyRequest, reply: FastifyReply, thrown: unknown): FastifyReply => {
  const error = asWerenodeError(thrown)
  const status = errorStatus[error.code] ?? 500
  if (status >= 500) request.log.error({ reqId: request.id, err: thrown, code: error.code }, 'request failed')
  const retryAfterS = error.data.retryAfterS
  if (typeof retryAfterS === 'number') reply.header('retry-after', String(Math.ceil(retryAfterS)))
  else if (status === 503) reply.header('retry-after', '5')
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="werenode"')
  return reply
    .code(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(
      JSON.stringify({
        type: `urn:werenode:problem:${error.code}`,
        title: titles[status] ?? 'Error',
        status,
        detail: error.message,
        code: error.code,
        ...(error.hint === undefined ? {} : { hint: error.hint }),
        ...(Object.keys(error.data).length === 0 ? {} : { data: error.data }),
        ...(error instanceof InvalidInput ? { issues: error.issues } : {}),
        requestId: request.id,
      }),
    )
}

/** What Fastify and Node throw, in our own codes; anything unknown is `internal` and shows nothing of itself. */
export const asWerenodeError = (thrown: unknown): WerenodeError => {
  if (isWerenodeError(thrown)) return thrown
  const { code, statusCode } = (thrown ?? {}) as { code?: string; statusCode?: number }
  if (statusCode === 413 || code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new WerenodeError('too-large', 'The request body is too large', { hint: 'Send at most 64 KiB.' })
  if (code === 'FST_ERR_HANDLER_TIMEOUT')
    return new WerenodeError('timeout', 'The answer took too long', { hint: 'Try again.' })
  if (statusCode === 415)
    return new WerenodeError('invalid-input', 'The body is not JSON', { hint: 'Send Content-Type: application/json.' })
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new WerenodeError('invalid-input', `The request was not understood: ${(thrown as Error).message}`)
  return new WerenodeError('internal', 'Something went wrong on our side', {
    hint: 'Try again. If it stays, tell the operator of this node the request id.',
    cause: thrown,
  })
}
