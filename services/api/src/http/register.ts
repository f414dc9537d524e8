import webSocket from '@fastify/websocket'
import { type Principal, requireScope, WerenodeError } from '@werenode/core'
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchemaCompiler } from 'fastify'
import type { z } from 'zod'
import { type Access, access, type OperationId, operationIds, restOfPath } from '../contract/access.ts'
import type { Contract, Onward, Page } from '../contract/contract.ts'
import { contracts } from '../contract/contracts.ts'
import { isSignedIn } from '../identity/anonymous.ts'
import { preferChosenLanguage } from '../pages/chosen-language.ts'
import { contentSecurityPolicy } from '../pages/layout.ts'
import { mustBePerson } from '../routes/must-be-person.ts'
import { createDeadlines } from './deadlines.ts'
import { etagOf, matchesEtag } from './etag.ts'
import type { Handlers } from './handler.ts'
import type { Idempotency } from './idempotency.ts'
import { InvalidInput } from './problem.ts'
import { limitKeyOfAddress, type RateLimiter } from './rate-limit.ts'
import { preflightHeaders } from './server.ts'
import { mostOverWebSocket, overWebSocketToo, type StreamRoute } from './web-socket.ts'

export interface Guards {
  readonly authenticate: (request: FastifyRequest) => Promise<Principal>
  readonly rateLimiter: RateLimiter
  readonly idempotency: Idempotency
  /** A handler that takes longer is answered `timeout`; streams have no limit. */
  readonly handlerTimeoutMs: number
}

/**
 * Puts every operation of the table on the server. The order is the same for all: rate limit by address, `authenticate`, rate limit
 * by account, access, then the body is read and parsed, then the handler.
 */
export const registerOperations = (
  app: FastifyInstance,
  handlers: Handlers,
  guards: Guards,
  /** What else answers on WebSockets: one server of them serves all. */
  alsoLive?: (scope: FastifyInstance) => void | Promise<void>,
): void => {
  app.setValidatorCompiler(zodCompiler)
  app.decorateRequest('principal')
  const deadlines = createDeadlines(guards.handlerTimeoutMs)
  const methodsAt = new Map<string, string[]>()

  const routeOf = (id: OperationId): StreamRoute => {
    const door = access[id]
    const contract: Contract = contracts[id]
    const url = urlOf(id)
    const isPage = 'page' in contract.answer
    const isWild = url.endsWith('*')
    return {
      method: door.method,
      url,
      ...(contract.upload ? { bodyLimit: contract.upload.maxBytes } : {}),
      config: { operation: id },
      schema: {
        ...(contract.params ? { params: contract.params } : {}),
        ...(contract.query ? { querystring: contract.query } : {}),
        ...(contract.body ? { body: contract.body } : {}),
      },
      onRequest: async (request) => {
        if (isPage) preferChosenLanguage(request)
        guards.rateLimiter.take(door.limit, limitKeyOfAddress(request.ip))
        const principal = await guards.authenticate(request)
        if (isSignedIn(principal)) guards.rateLimiter.take(door.limit, principal.accountId)
        requireAccess(principal, door.access, request)
        request.principal = principal
      },
      preValidation: (request, _reply, done: (refused?: Error) => void) => {
        const refused = wrongMediaType(contract, request)
        if (isWild) request.params = { [restOfPath]: (request.params as Record<string, string>)['*'] }
        done(refused)
      },
      // Streams go on for as long as they are listened to.
      handler: (request, reply) =>
        'events' in contract.answer
          ? answer(id, contract, request, reply)
          : deadlines.within(request, reply, () => answer(id, contract, request, reply)),
    }
  }
  const isStream = (id: OperationId): boolean => 'events' in contracts[id].answer

  for (const id of operationIds) {
    const url = urlOf(id)
    methodsAt.set(url, [...(methodsAt.get(url) ?? []), access[id].method])
    if (!isStream(id)) app.route(routeOf(id))
  }
  app.register(async (scope) => {
    await scope.register(webSocket, { options: { maxPayload: mostOverWebSocket } })
    for (const id of operationIds.filter(isStream)) scope.route(overWebSocketToo(routeOf(id), handlers[id] as never))
    await alsoLive?.(scope)
  })

  for (const [url, methods] of methodsAt)
    app.options(url, async (_request, reply) =>
      reply
        .code(204)
        .headers({ ...preflightHeaders, 'access-control-allow-methods': methods.join(', ') })
        .send(),
    )

  const answer = async (id: OperationId, contract: Contract, request: FastifyRequest, reply: FastifyReply) => {
    const handle = handlers[id] as (call: unknown) => Promise<unknown>
    const { principal, params, query, body } = request
    const run = () => handle({ principal, params, query, body, request, reply })
    const key = request.headers['idempotency-key']
    let result: unknown
    if (contract.idempotent && typeof key === 'string') {
      const { answer, repeated } = await guards.idempotency.once(
        { accountId: principal.accountId, operation: id, key, body },
        run,
      )
      if (repeated) reply.header('idempotency-replayed', 'true')
      result = answer
    } else result = await run()

    if (reply.sent) return reply
    if ('page' in contract.answer) return sendPage(reply, result as Page | Onward)
    reply.code(contract.answer.status)
    const { answer: form } = contract
    if (!('schema' in form || 'text' in form || 'bytes' in form)) return reply.send()
    const text =
      'schema' in form ? JSON.stringify(result) : 'text' in form ? String(result) : Buffer.from(result as Uint8Array)
    // `*/*`: the handler says which.
    if ('bytes' in form) {
      if (form.bytes !== '*/*') reply.header('content-type', form.bytes)
    } else reply.header('content-type', `${'text' in form ? form.text : 'application/json'}; charset=utf-8`)
    if (!form.etag) return reply.header('cache-control', 'no-store').send(text)
    const etag = etagOf(text)
    // Everybody gets the same answer, but it must be asked for again each time.
    reply.headers({ etag, 'cache-control': 'no-cache' })
    if (matchesEtag(request.headers['if-none-match'], etag)) return reply.code(304).send()
    return reply.send(text)
  }
}

const urlOf = (id: OperationId): string =>
  access[id].path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => (name === restOfPath ? '*' : `:${name}`))

/** Forms and bytes are taken only where a route asks for them: what is parsed is what was agreed. */
const wrongMediaType = ({ form, upload, body }: Contract, request: FastifyRequest): WerenodeError | undefined => {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (upload) {
    if (type !== undefined && upload.types.includes(type) && request.body instanceof Uint8Array) return undefined
    return new WerenodeError('invalid-input', `The body is not ${upload.types.join(' or ')}`, {
      hint: `Send Content-Type: ${upload.types[0]}.`,
    })
  }
  if ((type === 'application/x-www-form-urlencoded' && !form) || (body && request.body instanceof Uint8Array))
    return new WerenodeError('invalid-input', 'The body is not JSON', { hint: 'Send Content-Type: application/json.' })
  return undefined
}

const sendPage = (reply: FastifyReply, page: Page | Onward): FastifyReply =>
  'location' in page
    ? reply.code(303).headers({ location: page.location, 'cache-control': 'no-store' }).send()
    : reply
        .code(page.status ?? 200)
        .headers({
          'content-type': 'text/html; charset=utf-8',
          'cache-control': 'no-store',
          'content-security-policy': contentSecurityPolicy(page.policy),
        })
        .send(page.html)

/** Throws when a caller may not do what an operation does. */
export const requireAccess = (principal: Principal, needs: Access, request: FastifyRequest): void => {
  if (needs === 'anyone') return
  if (isSignedIn(principal)) {
    if (needs === 'person') mustBePerson(request)
    else if (needs !== 'signed-in') requireScope(principal, needs)
    return
  }
  if (needs !== 'signed-in' && needs !== 'person' && principal.scopes.includes(needs)) return
  throw new WerenodeError('not-authenticated', 'This needs a login', {
    hint: 'Sign in (POST /auth/siwe) and send the access token as "Authorization: Bearer …".',
  })
}

const zodCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (data: unknown) => {
    const parsed = schema.safeParse(data)
    if (parsed.success) return { value: parsed.data }
    const where = httpPart === 'querystring' ? 'query' : httpPart === 'params' ? 'path' : (httpPart ?? 'request')
    return {
      error: new InvalidInput(
        where,
        parsed.error.issues.slice(0, 20).map(({ path, message }) => ({ at: path.join('.'), message })),
      ),
    }
  }

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal
  }
  interface FastifyContextConfig {
    operation?: OperationId
  }
}
