import { randomUUID } from 'node:crypto'
import { WerenodeError } from '@werenode/core'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { blobTypes } from '../contract/blobs.ts'
import { sendProblem } from './problem.ts'

export interface ServerOptions {
  readonly log: FastifyBaseLogger
  /** Trust X-Forwarded-For of the proxies in front; Fastify's `trustProxy`. */
  readonly trustProxy?: boolean | string | readonly string[]
  /** Origins of web pages that may read answers; tokens travel in a header, never in a cookie, so `*` gives nothing away. */
  readonly corsOrigins?: readonly string[] | '*'
}

/** What may be uploaded at all. */
const uploadTypes = [...blobTypes]

/** Fastify with the habits of the house: problem details, safe JSON, limits on size and time, security headers, CORS. */
export const createServer = (options: ServerOptions): FastifyInstance => {
  const app = Fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: trusted(options.trustProxy),
    genReqId: () => randomUUID(),
    // A logger of its own for each request costs more than most answers: who logs names the request.
    childLoggerFactory: (logger) => logger,
    bodyLimit: 65_536,
    routerOptions: { maxParamLength: 200 },
    requestTimeout: 15_000,
    http: { headersTimeout: 10_000 },
    keepAliveTimeout: 65_000,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    frameworkErrors: (error, request, reply) => sendProblem(request, reply, error),
  })

  app.addHook('onRequest', (request, reply, done) => {
    reply.headers({
      'x-request-id': request.id,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'cross-origin',
    })
    allowOrigin(request.headers.origin, options.corsOrigins ?? '*', (name, value) => reply.header(name, value))
    done()
  })

  // Forms are for the few pages that say so (register.ts): a page of another origin can send one without asking.
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(body as string))),
  )

  // Bytes are for the few routes that take an upload (register.ts).
  app.addContentTypeParser(uploadTypes, { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  app.setErrorHandler((error, request, reply) => sendProblem(request, reply, error))
  app.setNotFoundHandler((request, reply) =>
    sendProblem(
      request,
      reply,
      new WerenodeError(
        'not-found',
        `There is nothing at ${request.method} ${request.url.split('?')[0]!.slice(0, 200)}`,
        {
          hint: 'GET /v1 lists what there is; /openapi.json describes it.',
        },
      ),
    ),
  )
  return app
}

const trusted = (setting: ServerOptions['trustProxy']): boolean | string | string[] =>
  setting === undefined ? false : typeof setting === 'object' ? [...setting] : setting

const allowOrigin = (
  origin: string | undefined,
  allowed: readonly string[] | '*',
  header: (name: string, value: string) => void,
): void => {
  if (allowed !== '*') header('vary', 'Origin')
  if (origin === undefined || (allowed !== '*' && !allowed.includes(origin))) return
  header('access-control-allow-origin', allowed === '*' ? '*' : origin)
  header('access-control-expose-headers', 'ETag, Retry-After, X-Request-Id, Idempotency-Replayed')
}

/** Headers a page may send us, and for how long a browser may remember that. */
export const preflightHeaders = {
  'access-control-allow-headers': 'Authorization, Content-Type, Idempotency-Key, If-None-Match, Last-Event-ID',
  'access-control-max-age': '86400',
}
