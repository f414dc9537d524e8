import {
  type Clock,
  type CollectionSpec,
  type Doc,
  isoTime,
  isWerenodeError,
  type Store,
  type WriteOp,
} from '@werenode/core'
import { type Adapter, type AdapterPayload, errors } from 'oidc-provider'
import { hashSecret } from '../identity/token.ts'

/** Whatever the authorization server remembers: codes, tokens, grants, browser sessions. `_id` holds a hash, so the store alone signs nobody in. */
export interface AuthDoc extends Doc {
  readonly model: string
  readonly payload: AdapterPayload
  readonly expiresAt: string
  readonly grantId?: string
  readonly uid?: string
  readonly userCode?: string
  readonly accountId?: string
}

export const authCollection = 'api_oauth'
export const authCollections: readonly CollectionSpec[] = [
  {
    name: authCollection,
    indexes: [
      { fields: ['grantId'] },
      { fields: ['uid'] },
      { fields: ['userCode'] },
      { fields: ['accountId', 'model'] },
      { fields: ['expiresAt'] },
    ],
  },
]

export interface AdapterDeps {
  readonly store: Store
  readonly clock: Clock
  /** The client of an id, as the provider's metadata; undefined: unknown. */
  readonly clientOf: (clientId: string) => Promise<AdapterPayload | undefined>
  /** A token was issued for an account: its login is begun, or seen again. */
  readonly onToken: (token: TokenSeen) => Promise<void>
  /** Whether the login behind a grant is still wanted. */
  readonly isLoginOpen: (grantId: string) => Promise<boolean>
}

export interface TokenSeen {
  readonly grantId: string
  readonly accountId: string
  readonly clientId: string
  /** By which grants it came: `authorization_code`, or `authorization_code refresh_token` … */
  readonly gty: string
  readonly expiresAt: string
}

/** A far day, for what has no end of its own. */
const never = '9999-12-31T00:00:00.000Z'

/** The authorization server's memory, in our store. */
export const createAdapter =
  (deps: AdapterDeps) =>
  (model: string): Adapter => {
    const { store, clock } = deps
    const idOf = (id: string): string => `${model} ${hashSecret(id)}`
    const alive = async (doc: AuthDoc | undefined): Promise<AdapterPayload | undefined> => {
      if (!doc || doc.expiresAt <= isoTime(clock())) return undefined
      if (model === 'RefreshToken' && doc.grantId !== undefined && !(await deps.isLoginOpen(doc.grantId)))
        return undefined
      return doc.payload
    }
    const oneBy = async (filter: Record<string, string>): Promise<AuthDoc | undefined> =>
      (await store.find<AuthDoc>(authCollection, { ...filter, model }, { limit: 1 })).items[0]

    return {
      async upsert(id, payload, expiresIn) {
        const { jti: _secret, ...rest } = payload
        const doc: AuthDoc = {
          _id: idOf(id),
          model,
          // A token's id is the token itself: it is not kept.
          payload: named.has(model) ? payload : rest,
          expiresAt: expiresIn ? isoTime(new Date(clock().getTime() + expiresIn * 1000)) : never,
          ...(payload.grantId === undefined ? {} : { grantId: payload.grantId }),
          ...(payload.uid === undefined ? {} : { uid: payload.uid }),
          ...(payload.userCode === undefined ? {} : { userCode: hashSecret(payload.userCode) }),
          ...(payload.accountId === undefined ? {} : { accountId: payload.accountId }),
        }
        const ops: WriteOp[] = [{ op: 'put', in: authCollection, doc: JSON.parse(JSON.stringify(doc)) as AuthDoc }]
        const { grantId, accountId, clientId, gty = '' } = payload
        if (tokens.has(model) && grantId !== undefined && accountId !== undefined && clientId !== undefined)
          await deps.onToken({ grantId, accountId, clientId, gty: String(gty), expiresAt: doc.expiresAt })
        await store.write(ops)
      },

      async find(id) {
        if (model === 'Client') return deps.clientOf(id)
        const payload = await alive(await store.get<AuthDoc>(authCollection, idOf(id)))
        return payload && { ...payload, jti: id }
      },
      findByUserCode: async (userCode) => alive(await oneBy({ userCode: hashSecret(userCode) })),
      findByUid: async (uid) => alive(await oneBy({ uid })),

      async consume(id) {
        const doc = await store.get<AuthDoc>(authCollection, idOf(id))
        // Of two that come with the same code or refresh token at one moment, one gets an answer.
        if (!doc || doc.payload.consumed) throw new errors.InvalidGrant('already used')
        const { _rev, ...rest } = doc
        const used = { ...rest, payload: { ...rest.payload, consumed: Math.floor(clock().getTime() / 1000) } }
        try {
          await store.write([{ op: 'replace', in: authCollection, doc: used, rev: _rev! }])
        } catch (error) {
          if (isWerenodeError(error) && error.code === 'conflict') throw new errors.InvalidGrant('already used')
          throw error
        }
      },

      async destroy(id) {
        await store.write([{ op: 'delete', in: authCollection, id: idOf(id) }])
      },

      async revokeByGrantId(grantId) {
        await forget(store, { grantId, model })
      },
    }
  }

/** Found by another name than their id, so they keep it: a grant's opens nothing, a session's cookie is signed, a device code lives ten minutes. */
const named: ReadonlySet<string> = new Set(['Grant', 'Session', 'DeviceCode'])
const tokens: ReadonlySet<string> = new Set(['AccessToken', 'RefreshToken'])

/** Deletes all that matches. */
export const forget = async (
  store: Store,
  filter: Readonly<Record<string, string | { readonly $lte: string }>>,
): Promise<void> => {
  for (;;) {
    const { items } = await store.find(authCollection, filter, { limit: 500 })
    if (items.length === 0) return
    await store.write(items.map(({ _id }) => ({ op: 'delete', in: authCollection, id: _id })))
  }
}
