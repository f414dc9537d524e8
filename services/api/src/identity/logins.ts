import {
  type Address,
  type Clock,
  isoTime,
  isWerenodeError,
  type Party,
  type Scope,
  type Store,
  type Stored,
  WerenodeError,
} from '@werenode/core'
import type { LoginDoc } from './collections.ts'
import { hashSecret, newLoginId, newSecret, readToken, sameHash, writeToken } from './token.ts'

export const accessTokenMs = 15 * 60_000
export const refreshTokenMs = 30 * 24 * 3_600_000

/** Both tokens in clear, for the one answer that shows them. */
export interface IssuedLogin {
  readonly accessToken: string
  readonly accessExpiresAt: string
  readonly refreshToken: string
  readonly refreshExpiresAt: string
  readonly loginId: string
  readonly accountId: string
  /** Absent for an account without a wallet. */
  readonly address?: Address
  readonly scopes: readonly Scope[]
}

export interface Logins {
  /** The document to insert and what to tell the device; the caller writes it together with what it belongs to. */
  draft(login: { accountId: string; address?: Address; scopes: readonly Scope[]; device?: string }): {
    doc: LoginDoc
    issued: IssuedLogin
  }
  /** The login of a good access token; throws `not-authenticated`. */
  ofAccessToken(token: string): Promise<Stored<LoginDoc>>
  /** Rotates both tokens. A refresh token that was used before ends the login. */
  refresh(refreshToken: string): Promise<IssuedLogin>
  list(accountId: string): Promise<readonly Stored<LoginDoc>[]>
  /** A login to be written alone, for who is known already. */
  open(login: Parameters<Logins['draft']>[0]): Promise<IssuedLogin>
  /** Ends every login of an account, or those that charge with one wallet. */
  revokeAll(accountId: string, wallet?: Address): Promise<void>
  /** Ends a login of this account; throws `not-found` for another's. */
  revoke(accountId: string, loginId: string): Promise<void>
  /** The wallet a login charges with from now on. */
  chargeWith(loginId: string, address: Address): Promise<void>
  /** Ends a login, whoever's it is; nothing happens for one that has ended. */
  end(loginId: string): Promise<void>
  /** The party a login acts for from now on; undefined: for itself. */
  actFor(loginId: string, party: Party | undefined): Promise<void>
  /** A login by its id, read a moment ago at most; undefined: ended. */
  byId(loginId: string): Promise<Stored<LoginDoc> | undefined>
  /** A login whose tokens the authorization server issues: begun by `isNew`, else seen again. False: it has ended. */
  seen(login: GrantedLogin): Promise<boolean>
  sweep(): Promise<void>
}

export interface GrantedLogin {
  readonly loginId: string
  readonly accountId: string
  readonly clientId: string
  readonly address?: Address
  readonly device: string
  readonly expiresAt: string
  readonly isNew: boolean
}

/** A login read a moment ago is trusted this long, so that another process's revocation is felt within it. */
const cacheMs = 2_000
const cacheSize = 10_000

export const createLogins = ({
  store,
  clock,
  onEnded = async () => undefined,
}: {
  store: Store
  clock: Clock
  /** Ends what else lets this account's devices in: the authorization server's tokens and browser sessions. */
  onEnded?: (accountId: string, loginId?: string) => Promise<void>
}): Logins => {
  const cache = new Map<string, { doc: Stored<LoginDoc>; at: number }>()

  const byId = async (loginId: string): Promise<Stored<LoginDoc> | undefined> => {
    const now = clock().getTime()
    const kept = cache.get(loginId)
    if (kept && now - kept.at < cacheMs) return kept.doc
    cache.delete(loginId)
    const doc = await store.get<LoginDoc>('api_logins', loginId)
    if (doc) {
      cache.set(loginId, { doc, at: now })
      if (cache.size > cacheSize) cache.delete(cache.keys().next().value!)
    }
    return doc
  }

  const fresh = (login: Pick<LoginDoc, '_id' | 'accountId' | 'address' | 'scopes'>) => {
    const now = clock()
    const secrets = { access: newSecret(), refresh: newSecret() }
    const expiry = {
      accessExpiresAt: isoTime(new Date(now.getTime() + accessTokenMs)),
      refreshExpiresAt: isoTime(new Date(now.getTime() + refreshTokenMs)),
    }
    return {
      fields: {
        ...expiry,
        refreshedAt: isoTime(now),
        accessHash: hashSecret(secrets.access),
        refreshHash: hashSecret(secrets.refresh),
      },
      issued: {
        accessToken: writeToken('wna', { loginId: login._id, secret: secrets.access }),
        refreshToken: writeToken('wnr', { loginId: login._id, secret: secrets.refresh }),
        ...expiry,
        loginId: login._id,
        accountId: login.accountId,
        ...(login.address === undefined ? {} : { address: login.address }),
        scopes: login.scopes,
      },
    }
  }

  const drop = async (login: Stored<LoginDoc>): Promise<void> => {
    await store.write([{ op: 'delete', in: 'api_logins', id: login._id }])
    // After the write: somebody who read it a moment before has put it back meanwhile.
    cache.delete(login._id)
    if (login.clientId !== undefined) await onEnded(login.accountId, login._id)
  }

  const draft: Logins['draft'] = ({ accountId, address, scopes, device }) => {
    const base = { _id: newLoginId(), accountId, scopes, ...(address === undefined ? {} : { address }) }
    const { fields, issued } = fresh(base)
    return {
      doc: {
        ...base,
        ...fields,
        createdAt: fields.refreshedAt,
        usedRefreshHashes: [],
        ...(device === undefined ? {} : { device }),
      },
      issued,
    }
  }

  return {
    draft,
    byId,

    async seen({ loginId, accountId, clientId, address, device, expiresAt, isNew }) {
      const login = await store.get<LoginDoc>('api_logins', loginId)
      if (!login && !isNew) return false
      const now = isoTime(clock())
      if (!login) {
        const nobodys = hashSecret(newSecret())
        const doc: LoginDoc = {
          _id: loginId,
          accountId,
          clientId,
          device,
          ...(address === undefined ? {} : { address }),
          // What it may do is in its tokens.
          scopes: [],
          createdAt: now,
          refreshedAt: now,
          accessHash: nobodys,
          accessExpiresAt: now,
          refreshHash: nobodys,
          refreshExpiresAt: expiresAt,
          usedRefreshHashes: [],
        }
        await store.write([{ op: 'put', in: 'api_logins', doc }])
      } else if (expiresAt > login.refreshExpiresAt) {
        const { _rev, ...doc } = login
        const later = { ...doc, refreshedAt: now, refreshExpiresAt: expiresAt } as LoginDoc
        await store.write([{ op: 'replace', in: 'api_logins', doc: later, rev: _rev }]).catch((error: unknown) => {
          // Somebody else saw it at the same moment.
          if (!isWerenodeError(error) || error.code !== 'conflict') throw error
        })
      }
      cache.delete(loginId)
      return true
    },

    async open(login) {
      const { doc, issued } = draft(login)
      await store.write([{ op: 'insert', in: 'api_logins', doc }])
      return issued
    },

    async ofAccessToken(text) {
      const token = readToken('wna', text)
      const login = token && (await byId(token.loginId))
      if (!token || !login || !sameHash(hashSecret(token.secret), login.accessHash))
        throw new WerenodeError('not-authenticated', 'The access token is not known', { hint: 'Sign in again.' })
      if (login.accessExpiresAt <= isoTime(clock()))
        throw new WerenodeError('not-authenticated', 'The access token has expired', {
          hint: 'Exchange the refresh token at POST /auth/refresh.',
          data: { expired: true },
        })
      return login
    },

    async refresh(text) {
      const refused = new WerenodeError('not-authenticated', 'The refresh token is not good any more', {
        hint: 'Sign in again.',
      })
      const token = readToken('wnr', text)
      const login = token && (await store.get<LoginDoc>('api_logins', token.loginId))
      if (!token || !login) throw refused
      const hash = hashSecret(token.secret)
      if (!sameHash(hash, login.refreshHash)) {
        if (login.usedRefreshHashes.some((used) => sameHash(used, hash))) await drop(login)
        throw refused
      }
      if (login.refreshExpiresAt <= isoTime(clock())) {
        await drop(login)
        throw refused
      }
      const { fields, issued } = fresh(login)
      const { _rev, ...doc } = login
      await store.write([
        {
          op: 'replace',
          in: 'api_logins',
          rev: _rev,
          doc: { ...doc, ...fields, usedRefreshHashes: [hash, ...login.usedRefreshHashes].slice(0, 100) } as LoginDoc,
        },
      ])
      cache.delete(login._id)
      return issued
    },

    async list(accountId) {
      const { items } = await store.find<LoginDoc>(
        'api_logins',
        { accountId, refreshExpiresAt: { $gt: isoTime(clock()) } },
        { sort: [['createdAt', -1]], limit: 100 },
      )
      return items
    },

    async revokeAll(accountId, wallet) {
      for (;;) {
        const { items } = await store.find<LoginDoc>(
          'api_logins',
          { accountId, ...(wallet === undefined ? {} : { address: wallet }) },
          { limit: 500 },
        )
        if (items.length === 0) {
          if (wallet === undefined) await onEnded(accountId)
          return
        }
        await store.write(items.map(({ _id }) => ({ op: 'delete', in: 'api_logins', id: _id })))
        for (const { _id } of items) cache.delete(_id)
      }
    },

    async revoke(accountId, loginId) {
      const login = await store.get<LoginDoc>('api_logins', loginId)
      if (login?.accountId !== accountId)
        throw new WerenodeError('not-found', 'There is no such login', { hint: 'GET /v1/account/logins lists yours.' })
      await drop(login)
    },

    async chargeWith(loginId, address) {
      const login = await store.get<LoginDoc>('api_logins', loginId)
      if (!login) throw new WerenodeError('not-authenticated', 'This login has ended', { hint: 'Sign in again.' })
      const { _rev, ...doc } = login
      await store.write([{ op: 'replace', in: 'api_logins', rev: _rev, doc: { ...doc, address } as LoginDoc }])
      cache.delete(loginId)
    },

    async end(loginId) {
      const login = await store.get<LoginDoc>('api_logins', loginId)
      if (login) await drop(login)
    },

    async actFor(loginId, party) {
      const login = await store.get<LoginDoc>('api_logins', loginId)
      if (!login) throw new WerenodeError('not-authenticated', 'This login has ended', { hint: 'Sign in again.' })
      const { _rev, party: _before, ...doc } = login
      await store.write([
        {
          op: 'replace',
          in: 'api_logins',
          rev: _rev,
          doc: { ...doc, ...(party === undefined ? {} : { party }) } as LoginDoc,
        },
      ])
      cache.delete(loginId)
    },

    async sweep() {
      for (;;) {
        const { items } = await store.find<LoginDoc>(
          'api_logins',
          { refreshExpiresAt: { $lte: isoTime(clock()) } },
          { limit: 500 },
        )
        if (items.length === 0) return
        await store.write(items.map(({ _id }) => ({ op: 'delete', in: 'api_logins', id: _id })))
      }
    },
  }
}
