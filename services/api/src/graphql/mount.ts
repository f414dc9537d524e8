import { type ErrorCode, errorStatus, isWerenodeError, type Principal, WerenodeError } from '@werenode/core'
import { Ajv } from 'ajv'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type DocumentNode, GraphQLError, GraphQLScalarType } from 'graphql'
import mercurius, { type IResolvers, type MercuriusContext } from 'mercurius'
import { access, type OperationId } from '../contract/access.ts'
import type { Contract } from '../contract/contract.ts'
import { contracts } from '../contract/contracts.ts'
import type { Invoke } from '../http/invoke.ts'
import { asWerenodeError } from '../http/problem.ts'
import { limitKeyOfAddress, type RateLimiter } from '../http/rate-limit.ts'
import { costRule, depthLimit } from './cost.ts'
import { createEventReader } from './event-reader.ts'
import { links, rootFields } from './fields.ts'
import { graphQlSdl } from './sdl.ts'

interface Asker {
  readonly principal: Principal
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}
type Args = Readonly<Record<string, unknown>>

const persistedQueries = 2_000

/** GraphQL at /graphql over HTTP and WebSocket (graphql-transport-ws): the operations of the table, behind the same guards. */
export const mountGraphQl = (
  app: FastifyInstance,
  deps: {
    invoke: Invoke
    authenticate: (request: FastifyRequest) => Promise<Principal>
    rateLimiter: RateLimiter
  },
): void => {
  const { invoke, authenticate } = deps

  const ask = (operation: OperationId, args: Args, { principal, request, reply }: Asker): Promise<unknown> => {
    const { path } = access[operation]
    const inPath = new Set([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!))
    const { input, idempotencyKey, afterSeq: _resume, ...rest } = args
    const given = Object.entries(rest).filter(([, value]) => value !== null && value !== undefined)
    return invoke(operation, {
      principal,
      request,
      reply,
      params: Object.fromEntries(
        given.filter(([name]) => inPath.has(name)).map(([name, value]) => [name, textual(value)]),
      ),
      query: Object.fromEntries(
        given.filter(([name]) => !inPath.has(name)).map(([name, value]) => [name, textual(value)]),
      ),
      body: input === undefined ? undefined : plain(input),
      ...(typeof idempotencyKey === 'string' ? { idempotencyKey } : {}),
    })
  }

  const resolvers: Record<string, Record<string, unknown>> = { Query: {}, Mutation: {}, Subscription: {} }
  for (const { root, name, operation } of rootFields) {
    const contract: Contract = contracts[operation]
    const isVoid = contract.answer.status === 204
    if (root === 'Subscription')
      resolvers.Subscription![name] = {
        subscribe: (_parent: unknown, args: Args, context: MercuriusContext) =>
          follow(operation, args, context as unknown as { request: FastifyRequest }),
        resolve: (event: unknown) => event,
      }
    else
      resolvers[root]![name] = async (_parent: unknown, args: Args, context: MercuriusContext) => {
        const answer = await ask(operation, args, askerOf(context))
        return isVoid ? true : answer
      }
  }
  for (const [type, fields] of Object.entries(links))
    for (const [name, { operation, argument, from }] of Object.entries(fields) as [
      string,
      { operation: OperationId; argument: string; from: string },
    ][])
      resolvers[type] = {
        ...resolvers[type],
        [name]: (parent: Args, _args: Args, context: MercuriusContext) =>
          parent[from] === undefined ? null : ask(operation, { [argument]: parent[from] }, askerOf(context)),
      }

  /** A stream of events for one subscription. It ends when the caller may no longer listen. */
  const follow = async (
    operation: OperationId,
    args: Args,
    { request: opened }: { request: FastifyRequest },
  ): Promise<AsyncIterableIterator<unknown>> => {
    const resume =
      args.afterSeq === undefined || args.afterSeq === null ? {} : { 'last-event-id': String(args.afterSeq) }
    const request = withHeaders(opened, resume)
    const principal = await authenticate(request)
    const reader = createEventReader()
    let refused: unknown
    const over = ask(operation, args, { principal, request, reply: reader.reply as unknown as FastifyReply }).catch(
      (error: unknown) => {
        refused = error
        reader.end()
      },
    )
    // What is refused is refused at once; a stream that was opened stays so.
    await Promise.race([over, new Promise((resolve) => setTimeout(resolve, 50))])
    if (refused !== undefined) throw asGraphQlError(refused)
    const events = reader.events()
    return iterable({
      next: () => events.next(),
      return: async () => {
        reader.end()
        return { done: true, value: undefined }
      },
    })
  }

  app.register(async (scope) => {
    const ajv = new Ajv({ coerceTypes: false, allowUnionTypes: true })
    scope.setValidatorCompiler(({ schema }) => ajv.compile(schema as object))
    scope.addHook('onRequest', async (request) => {
      deps.rateLimiter.take('read', limitKeyOfAddress(request.ip))
      request.principal = await authenticate(request)
    })
    await scope.register(mercurius, {
      schema: graphQlSdl(),
      resolvers: { ...resolvers, ...scalars() } as unknown as IResolvers,
      path: '/graphql',
      graphiql: false,
      jit: 1,
      queryDepth: depthLimit,
      validationRules: [costRule],
      allowBatchedQueries: false,
      persistedQueryProvider: mercurius.persistedQueryDefaults.automatic(persistedQueries),
      context: (request, reply) => ({ principal: request.principal, request, reply }),
      errorFormatter: ({ data, errors = [] }) => {
        const told = errors.map(asGraphQlError)
        return { statusCode: statusOf(data, told), response: { data: data ?? null, errors: told } }
      },
      subscription: {
        fullWsTransport: false,
        // A browser's WebSocket sends no headers: `authorization` comes in connection_init, and is looked at with each subscription.
        context: async (_connection, request) => ({ request }),
      },
    })
    scope.graphql.addHook('preValidation', async (_schema, document) => mustBeText(document))
  })
}

const iterable = (iterator: AsyncIterator<unknown>): AsyncIterableIterator<unknown> => {
  const self: AsyncIterableIterator<unknown> = Object.assign(iterator, { [Symbol.asyncIterator]: () => self })
  return self
}

/**
 * What is no GraphQL, but JSON, would be taken for a document that somebody parsed already: a number as well as a forged one. Only a
 * parsed one knows its place in the text, by an object of a class of its own.
 */
const mustBeText = (document: DocumentNode | null): void => {
  const place: unknown = document?.loc
  if (typeof place === 'object' && place !== null && !plainPrototypes.has(Object.getPrototypeOf(place))) return
  throw new WerenodeError('invalid-input', 'The query is not GraphQL', { hint: 'Send the text of a query.' })
}
const plainPrototypes: ReadonlySet<unknown> = new Set([Object.prototype, Array.prototype])

const askerOf = (context: MercuriusContext): Asker => context as unknown as Asker

/** The same request with other headers; what is learnt about its caller is kept apart. */
const withHeaders = (request: FastifyRequest, headers: Readonly<Record<string, string>>): FastifyRequest =>
  Object.create(request, { headers: { value: { ...request.headers, ...headers } } }) as FastifyRequest

/** A parameter as its route would get it: text, or a list of texts. */
const textual = (value: unknown): unknown => (Array.isArray(value) ? value.map(String) : String(value))

/** GraphQL hands out objects without a prototype. */
const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]))
}

/** What went wrong, with the same code and hint as a problem of the routes. What GraphQL itself refuses stays in its own words. */
const asGraphQlError = (error: unknown): GraphQLError => {
  const outer = error as Partial<GraphQLError>
  const cause = outer.originalError ?? error
  if (!isWerenodeError(cause) && isGraphQlsOwn(cause)) return error as GraphQLError
  const { code, message, hint, data } = asWerenodeError(cause)
  return new GraphQLError(message, {
    nodes: outer.nodes ?? null,
    source: outer.source ?? null,
    positions: outer.positions ?? null,
    path: outer.path ?? null,
    extensions: { code, ...(hint === undefined ? {} : { hint }), ...(Object.keys(data).length === 0 ? {} : { data }) },
  })
}

/** By name, not by class: the query compiler brings a copy of GraphQL's errors. */
const isGraphQlsOwn = (error: unknown): boolean => {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown }
  return name === 'GraphQLError' || String(code ?? '').startsWith('MER_')
}

/** What was refused before anything ran has the status of its reason; what ran and failed in part is 200, as GraphQL over HTTP has it. */
const statusOf = (data: unknown, errors: readonly GraphQLError[]): number => {
  if (data != null || errors.some(({ path }) => path !== undefined)) return 200
  const code = errors[0]?.extensions?.code
  return typeof code === 'string' && Object.hasOwn(errorStatus, code) ? errorStatus[code as ErrorCode] : 400
}

/** All our scalars travel as they are; what they may be is checked where every input is (contract/schemas). */
const scalars = (): Record<string, GraphQLScalarType> =>
  Object.fromEntries(
    [...graphQlSdl().matchAll(/^scalar (\w+)$/gm)].map(([, name]) => [
      name!,
      new GraphQLScalarType({ name: name!, serialize: (value) => value, parseValue: (value) => value }),
    ]),
  )
