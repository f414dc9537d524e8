import type { Address, Bus, Clock, Store } from '@werenode/core'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { createMetrics } from './admin/metrics.ts'
import { createAdminServer } from './admin/server.ts'
import { type BusinessOptions, createBusiness } from './business.ts'
import type { LimitName } from './contract/access.ts'
import { createEventStreams } from './http/event-stream.ts'
import { createIdempotency, idempotencyCollection } from './http/idempotency.ts'
import { createRateLimiter, type Limit } from './http/rate-limit.ts'
import { registerOperations } from './http/register.ts'
import { createServer, type ServerOptions } from './http/server.ts'
import { createApiKeys } from './identity/api-keys.ts'
import { createAudit } from './identity/audit.ts'
import { createAuthenticate } from './identity/authenticate.ts'
import { identityCollections } from './identity/collections.ts'
import { createEmailAccounts } from './identity/email.ts'
import { createLogins } from './identity/logins.ts'
import { createParties } from './identity/parties.ts'
import { createSiwe, type SiweOptions } from './identity/siwe.ts'
import { createWallets } from './identity/wallets.ts'
import { createMailQueue } from './mail/mail-queue.ts'
import { localOutbox, type Mailer } from './mail/mailer.ts'
import { accountPageRoutes } from './routes/account-pages.ts'
import { identityRoutes } from './routes/identity.ts'
import { nodeRoutes } from './routes/node.ts'
import { plugRoutes } from './routes/plugs.ts'

export interface ApiOptions extends Pick<ServerOptions, 'trustProxy' | 'corsOrigins'>, BusinessOptions {
  readonly store: Store
  readonly bus: Bus
  readonly clock: Clock
  readonly log: FastifyBaseLogger
  /** Where this node is reached, e.g. `http://localhost:8080`. */
  readonly origin: string
  /** Authority that sign-in messages must name; default: the host of `origin`. */
  readonly siweDomain?: string
  readonly chainId: number
  /** Wallets of those who run this node: they may do everything on it. */
  readonly admins?: readonly Address[]
  /** Sends letters; default: they stay in this node's outbox. */
  readonly mailer?: Mailer
  /** For wallets that are contracts (EIP-1271, EIP-6492). */
  readonly publicClient?: SiweOptions['publicClient']
  /** Loopback port of /livez, /readyz and /metrics; undefined: none. */
  readonly adminPort?: number
  /** A handler that takes longer answers `timeout`; default 30 s. */
  readonly handlerTimeoutMs?: number
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
  const domain = options.siweDomain ?? new URL(origin).host
  let draining = false
  let sweeping: NodeJS.Timeout | undefined

  const app = createServer(options)
  const logins = createLogins({ store, clock })
  const siwe = createSiwe({
    store,
    clock,
    logins,
    domain,
    origin,
    chainId,
    ...(options.publicClient ? { publicClient: options.publicClient } : {}),
  })
  const audit = createAudit({ store, clock })
  const parties = createParties({ store, clock, audit })
  const apiKeys = createApiKeys({ store, clock, audit })
  const mail = createMailQueue({
    store,
    clock,
    mailer: options.mailer ?? localOutbox,
    onProblem: (problem) => log.warn({ problem }, 'a letter could not be sent; trying again later'),
  })
  const emails = createEmailAccounts({
    store,
    clock,
    mail,
    origin,
    endLogins: (accountId) => logins.revokeAll(accountId),
  })
  const wallets = createWallets({ store })
  const rateLimiter = createRateLimiter({ clock, ...(options.limits ? { limits: options.limits } : {}) })
  const authenticate = createAuthenticate({ logins, parties, apiKeys, admins: options.admins ?? [] })
  const idempotency = createIdempotency({ store, clock })
  const streams = createEventStreams({ bus, ...options.streams })
  const metrics = createMetrics(app, streams)
  const business = createBusiness({ ...options, origin, streams, audit, mail, authenticate })

  registerOperations(
    app,
    {
      ...nodeRoutes({ origin, domain, chainId, links: options.links ?? {} }),
      ...identity.handlers,
      ...plugRoutes({ store, bus, streams, audit, authenticateAgain: authenticate }),
      ...business.handlers,
    },
    {
      authenticate,
      idempotency,
      handlerTimeoutMs: options.handlerTimeoutMs ?? 30_000,
      rateLimiter,
    },
  )
  const { pages } = options
  if (pages) app.register(async (scope) => pages(scope))

  const admin =
    options.adminPort === undefined
      ? undefined
      : createAdminServer({ log, store, metrics, mail, isDraining: () => draining })

  const prepare = async (): Promise<void> => {
    await store.define([...identityCollections, ...business.collections, idempotencyCollection])
    await app.ready()
  }
  const sweep = (): void => {
    Promise.all([siwe.sweep(), logins.sweep(), idempotency.sweep(), emails.sweep(), mail.sweep()]).catch(
      (error: unknown) => log.warn({ err: error }, 'could not forget what is expired; trying again later'),
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
      await admin?.close()
    },
  }
}
