import { randomBytes } from 'node:crypto'
import type { Address, Clock, Store } from '@werenode/core'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { createEndLogins } from '../auth/end-logins.ts'
import type { AppRegistration } from '../auth/first-party-clients.ts'
import { mountAuthServer } from '../auth/mount.ts'
import { createAuthServer } from '../auth/server.ts'
import { createSystemClients } from '../auth/system-clients.ts'
import type { RateLimiter } from '../http/rate-limit.ts'
import type { MailQueue } from '../mail/mail-queue.ts'
import { type AccountHomeDeps, accountHomeRoutes } from '../routes/account-home.ts'
import { accountPageRoutes } from '../routes/account-pages.ts'
import { identityRoutes } from '../routes/identity.ts'
import { identityLinkRoutes } from '../routes/identity-links.ts'
import { partyRoutes } from '../routes/parties.ts'
import { passkeyRoutes } from '../routes/passkeys.ts'
import { signInRoutes } from '../routes/sign-in.ts'
import { systemClientRoutes } from '../routes/system-clients.ts'
import { createApiKeys } from './api-keys.ts'
import type { Audit } from './audit.ts'
import { createAuthenticate } from './authenticate.ts'
import { createEmailAccounts } from './email.ts'
import { createIdentityProviders, type IdentityProvider } from './identity-providers.ts'
import { createIssueLogin } from './issue-login.ts'
import { createLogins } from './logins.ts'
import { createParties } from './parties.ts'
import { createPasskeys } from './passkeys.ts'
import { createSiwe, type SiweOptions } from './siwe.ts'
import { createWallets } from './wallets.ts'
import { createWaysIn } from './ways-in.ts'

export interface IdentityOptions {
  /** Authority that sign-in messages must name; default: the host of `origin`. */
  readonly siweDomain?: string
  /** Wallets of those who run this node: they may do everything on it. */
  readonly admins?: readonly Address[]
  /** For wallets that are contracts (EIP-1271, EIP-6492). */
  readonly publicClient?: SiweOptions['publicClient']
  /**
   * 32 bytes or more of randomness, kept beside the data and never in it: seals the signing keys, signs cookies. Without it each start makes
   * its own, and browsers sign in again after a restart.
   */
  readonly secret?: string | Buffer
  /** Apps of others that people may let in. */
  readonly oauthApps?: readonly AppRegistration[]
  /** Places people may sign in from with an account they have there. */
  readonly identityProviders?: readonly IdentityProvider[]
}

export type Identity = ReturnType<typeof createIdentity>

/** Who people and systems are, and how they prove it. */
export const createIdentity = (
  options: IdentityOptions & {
    store: Store
    clock: Clock
    log: FastifyBaseLogger
    origin: string
    chainId: number
    audit: Audit
    mail: MailQueue
    rateLimiter: RateLimiter
    corsOrigins: readonly string[]
  },
) => {
  const { store, clock, log, origin, chainId, audit, mail, rateLimiter } = options
  const domain = options.siweDomain ?? new URL(origin).host
  const logins = createLogins({ store, clock, onEnded: createEndLogins({ store }) })
  const siwe = createSiwe({
    store,
    clock,
    logins,
    domain,
    origin,
    chainId,
    ...(options.publicClient ? { publicClient: options.publicClient } : {}),
  })
  const parties = createParties({ store, clock, audit })
  const apiKeys = createApiKeys({ store, clock, audit })
  const mustLeaveAWay = createWaysIn({ store })
  const emails = createEmailAccounts({
    store,
    clock,
    mail,
    origin,
    endLogins: (accountId) => logins.revokeAll(accountId),
    mustLeaveAWay,
  })
  const wallets = createWallets({ store, mustLeaveAWay })
  const passkeys = createPasskeys({ store, clock, origin, mustLeaveAWay })
  const identityProviders = createIdentityProviders({
    store,
    clock,
    origin,
    providers: options.identityProviders ?? [],
    mustLeaveAWay,
  })
  const systemClients = createSystemClients({ store, clock, audit })
  const auth = createAuthServer({
    store,
    clock,
    log,
    origin,
    secret: options.secret ?? randomBytes(32),
    apps: options.oauthApps ?? [],
    logins,
    wallets,
    emails,
    systemClients,
    corsOrigins: options.corsOrigins,
  })
  const issue = createIssueLogin({ logins, wallets })

  return {
    domain,
    authenticate: createAuthenticate({ logins, parties, apiKeys, auth, admins: options.admins ?? [] }),
    handlers: {
      ...identityRoutes({ siwe, logins, parties, emails, wallets, rateLimiter, issue, domain, origin, chainId }),
      ...accountPageRoutes({ emails }),
      ...signInRoutes({ auth, clock, emails, siwe, passkeys, identityProviders, rateLimiter }),
      ...identityLinkRoutes({ identityProviders }),
      ...passkeyRoutes({ passkeys, emails, issue }),
      ...partyRoutes({ parties, apiKeys, audit, clock }),
      ...systemClientRoutes({ systemClients }),
    },
    /** The page of one's own account, which also gives it away and forgets it. */
    accountHome: (personal: AccountHomeDeps['personal']) =>
      accountHomeRoutes({
        auth,
        clock,
        origin,
        audit,
        siwe,
        passkeys,
        emails,
        wallets,
        logins,
        identityProviders,
        rateLimiter,
        personal,
      }),
    /** The doors of OAuth, which are no operations of ours. */
    mount: (app: FastifyInstance): void => mountAuthServer(app, { auth, rateLimiter, origin }),
    /** Signs an account out everywhere. */
    endLogins: (accountId: string): Promise<void> => logins.revokeAll(accountId),
    /** Once the collections are defined, before the first request. */
    prepare: (): Promise<void> => auth.refreshKeys(),
    sweep: (): Promise<unknown> =>
      Promise.all([
        siwe.sweep(),
        logins.sweep(),
        emails.sweep(),
        passkeys.sweep(),
        identityProviders.sweep(),
        auth.sweep(),
      ]),
  }
}
