import type { Bus, Clock, Store } from '@werenode/core'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { createMetrics } from './admin/metrics.ts'
import { createAdminServer } from './admin/server.ts'
import { type BusinessOptions, createBusiness } from './business.ts'
import type { LimitName } from './contract/access.ts'
import { mountGraphQl } from './graphql/mount.ts'
import { createEventStreams } from './http/event-stream.ts'
import type { Handlers } from './http/handler.ts'
import { createIdempotency, idempotencyCollection } from './http/idempotency.ts'
import { createInvoke } from './http/invoke.ts'
import { createRateLimiter, type Limit } from './http/rate-limit.ts'
import { registerOperations } from './http/register.ts'
import { createServer, type ServerOptions } from './http/server.ts'
import { createAudit } from './identity/audit.ts'
import { identityCollections } from './identity/collections.ts'
import { createIdentity, type IdentityOptions } from './identity/identity.ts'
import { createMailQueue } from './mail/mail-queue.ts'
import { localOutbox, type Mailer } from './mail/mailer.ts'
import { irveRoutes } from './routes/irve.ts'
import { nodeRoutes } from './routes/node.ts'
import { plugFamilyRoutes } from './routes/plug-families.ts'
import { plugRoutes } from './routes/plugs.ts'
import { roamingRoutes } from './routes/roaming.ts'
import { roamingServiceRoutes } from './routes/roaming-services.ts'
import { stationRoutes } from './stations/routes.ts'
import { type TraceOptions, traceRequests } from './telemetry/traces.ts'

export interface ApiOptions
  extends Pick<ServerOptions, 'trustProxy' | 'corsOrigins'>,
    BusinessOptions,
    IdentityOptions {
  readonly store: Store
  readonly bus: Bus
  readonly clock: Clock
  readonly log: FastifyBaseLogger
  /** Where this node is reached, e.g. `http://localhost:8080`. */
  readonly origin: string
  readonly chainId: number
  /** Sends letters; default: they stay in this node's outbox. */
  readonly mailer?: Mailer
  /** Loopback port of /livez, /readyz and /metrics; undefined: none. */
  readonly adminPort?: number
  /** A handler that takes longer answers `timeout`; default 30 s. */
  readonly handlerTimeoutMs?: number
  /** Traces by OpenTelemetry's protocol; default: none. */
  readonly traces?: Pick<TraceOptions, 'endpoint' | 'share'>
  /** How long `stop` lets running requests finish; default 5 s. */
  readonly drainMs?: number
  readonly limits?: Partial<Record<LimitName, Limit>>
  readonly streams?: { readonly heartbeatMs?: number; readonly perListener?: number }
  /** Addresses of other parts of the house, for GET /v1. */
  readonly links?: Readonly<Record<string, string>>
  /** Pages of the composition root on the same origin (`/`, `/app/`, `/member/`): static files, nothing that asks who one is. */
  readonly pages?: (app: FastifyInstance) => Promise<void>
}

export interface Api {
  /** Listens. Returns the addresses; port 0 chooses one. */
  start(listen: { port: number; host?: string }): Promise<{ url: string; adminUrl?: string }>
  /** Takes no new requests, ends streams, lets running requests finish. */
  stop(): Promise<void>
  /** A request without a socket, for tests. */
  readonly inject: FastifyInstance['inject']
  /** Resolves when the routes are in place. */
  ready(): Promise<void>
}

const sweepEveryMs = 10 * 60_000

/**
 * REST, live streams and sign-in.
 *
 * @example
 * const api = createApi({ store, bus, clock, log, origin: 'http://localhost:8080', chainId: 31337 })
 * const { url } = await api.start({ port: 8080 })
 */
export const createApi = (options: ApiOptions): Api => {
  const { store, bus, clock, log, chainId } = options
  const origin = new URL(options.origin).origin
  let draining = false
  let sweeping: NodeJS.Timeout | undefined

  const app = createServer(options)
  const traces =
    options.traces &&
    traceRequests(app, { ...options.traces, onProblem: (problem) => log.warn({ problem }, 'traces could not be sent') })
  const audit = createAudit({ store, clock })
  const mail = createMailQueue({
    store,
    clock,
    mailer: options.mailer ?? localOutbox,
    onProblem: (problem) => log.warn({ problem }, 'a letter could not be sent; trying again later'),
  })
  const rateLimiter = createRateLimiter({ clock, ...(options.limits ? { limits: options.limits } : {}) })
  const identity = createIdentity({
    ...options,
    origin,
    audit,
    mail,
    rateLimiter,
    corsOrigins: Array.isArray(options.corsOrigins) ? options.corsOrigins : [],
  })
  const { authenticate, domain } = identity
  const idempotency = createIdempotency({ store, clock })
  const streams = createEventStreams({ bus, ...options.streams })
  const metrics = createMetrics(app, streams)
  const business = createBusiness({
    ...options,
    origin,
    streams,
    audit,
    mail,
    authenticate,
    endLogins: identity.endLogins,
  })

  const handlers: Handlers = {
    ...nodeRoutes({ origin, domain, chainId, links: options.links ?? {} }),
    ...identity.handlers,
    ...roamingRoutes({ store, bus, audit }),
    ...roamingServiceRoutes({ store, bus, audit }),
    ...irveRoutes({ store, bus, clock, audit }),
    ...plugFamilyRoutes({ store, bus, audit }),
    ...plugRoutes({ store, bus, streams, audit, authenticateAgain: authenticate }),
    ...stationRoutes({ store, bus, clock, audit, blobs: options.blobs }),
    ...business.handlers,
    ...identity.accountHome(business.personal),
  }
  const guards = { authenticate, idempotency, rateLimiter, handlerTimeoutMs: options.handlerTimeoutMs ?? 30_000 }
  registerOperations(app, handlers, guards, (scope) =>
    mountGraphQl(scope, { invoke: createInvoke(handlers, guards), authenticate, rateLimiter }),
  )
  identity.mount(app)
  const { pages } = options
  if (pages) app.register(async (scope) => pages(scope))

  const admin =
    options.adminPort === undefined
      ? undefined
      : createAdminServer({ log, store, metrics, mail, isDraining: () => draining })

  const prepare = async (): Promise<void> => {
    await store.define([...identityCollections, ...business.collections, idempotencyCollection])
    await identity.prepare()
    await app.ready()
  }
  const sweep = (): void => {
    Promise.all([identity.sweep(), idempotency.sweep(), mail.sweep(), business.sweep()]).catch((error: unknown) =>
      log.warn({ err: error }, 'could not forget what is expired; trying again later'),
    )
  }

  return {
    ready: prepare,
    inject: app.inject.bind(app) as FastifyInstance['inject'],
    async start({ port, host = '127.0.0.1' }) {
      await prepare()
      const url = await app.listen({ port, host })
      const adminUrl = await admin?.listen({ port: options.adminPort!, host: '127.0.0.1' })
      mail.start()
      await business.start()
      sweep()
      sweeping = setInterval(sweep, sweepEveryMs)
      sweeping.unref()
      return { url, ...(adminUrl === undefined ? {} : { adminUrl }) }
    },
    async stop() {
      draining = true
      clearInterval(sweeping)
      streams.closeAll()
      await business.stop()
      await mail.stop()
      // A connection that says nothing (opened in advance by a browser) must not keep us.
      const cut = setTimeout(() => app.server.closeAllConnections(), options.drainMs ?? 5_000)
      await app.close()
      clearTimeout(cut)
      await traces?.stop()
      await admin?.close()
    },
  }
}
