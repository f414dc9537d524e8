import {
  type Clock,
  type CollectionSpec,
  type Doc,
  isoTime,
  type Party,
  type Principal,
  type Scope,
  type Store,
  WerenodeError,
} from '@werenode/core'
import type { Audit } from './audit.ts'
import { hashSecret, newLoginId, newSecret, readToken, sameHash, writeToken } from './token.ts'

/** A key of a party's own systems. The secret is shown once and kept as SHA-256. */
export interface ApiKeyDoc extends Doc {
  readonly party: Party
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly hash: string
  readonly createdBy: string
  readonly createdAt: string
  readonly expiresAt?: string
}

const collection = 'api_keys'
export const apiKeyCollection: CollectionSpec = { name: collection, indexes: [{ fields: ['party', 'createdAt'] }] }

/** What a key may be given: a member's rights but the one to make more members and keys. */
export const keyScopes = [
  'catalogue:read',
  'catalogue:write',
  'stations:read',
  'stations:write',
] as const satisfies readonly Scope[]

const cacheMs = 2_000

export interface ApiKeys {
  create(
    by: Principal,
    key: { party: Party; name: string; scopes: readonly Scope[]; expiresAt?: string },
  ): Promise<{ doc: ApiKeyDoc; key: string }>
  list(party: Party): Promise<readonly ApiKeyDoc[]>
  revoke(by: Principal, party: Party, keyId: string): Promise<void>
  /** The party's system behind a key; throws `not-authenticated`. */
  principalOf(key: string): Promise<Principal>
}

export const createApiKeys = ({ store, clock, audit }: { store: Store; clock: Clock; audit: Audit }): ApiKeys => {
  const cache = new Map<string, { doc: ApiKeyDoc | undefined; at: number }>()

  const byId = async (id: string): Promise<ApiKeyDoc | undefined> => {
    const now = clock().getTime()
    const kept = cache.get(id)
    if (kept && now - kept.at < cacheMs) return kept.doc
    const doc = await store.get<ApiKeyDoc>(collection, id)
    cache.delete(id)
    if (doc) cache.set(id, { doc, at: now })
    if (cache.size > 10_000) cache.delete(cache.keys().next().value!)
    return doc
  }

  return {
    async create(by, { party, name, scopes, expiresAt }) {
      const id = newLoginId()
      const secret = newSecret()
      const doc: ApiKeyDoc = {
        _id: id,
        party,
        name,
        scopes,
        hash: hashSecret(secret),
        createdBy: by.accountId,
        createdAt: isoTime(clock()),
        ...(expiresAt === undefined ? {} : { expiresAt }),
      }
      await store.write([
        { op: 'insert', in: collection, doc },
        audit.note({ principal: by, act: 'createKey', party, subject: id, details: { name, scopes } }),
      ])
      return { doc, key: writeToken('wnk', { loginId: id, secret }) }
    },

    list: async (party) =>
      (await store.find<ApiKeyDoc>(collection, { party }, { sort: [['createdAt', -1]], limit: 1_000 })).items,

    async revoke(by, party, keyId) {
      const doc = await store.get<ApiKeyDoc>(collection, keyId)
      if (doc?.party !== party) throw new WerenodeError('not-found', `${party} has no such key`)
      await store.write([
        { op: 'delete', in: collection, id: keyId },
        audit.note({ principal: by, act: 'revokeKey', party, subject: keyId, details: { name: doc.name } }),
      ])
      cache.delete(keyId)
    },

    async principalOf(text) {
      const token = readToken('wnk', text)
      const doc = token && (await byId(token.loginId))
      if (!token || !doc || !sameHash(hashSecret(token.secret), doc.hash))
        throw new WerenodeError('not-authenticated', 'The API key is not known', {
          hint: 'Make a new one in the portal.',
        })
      if (doc.expiresAt !== undefined && doc.expiresAt <= isoTime(clock()))
        throw new WerenodeError('not-authenticated', `The API key "${doc.name}" has expired`, {
          hint: 'Make a new one in the portal.',
        })
      return { accountId: `key_${doc._id}`, party: doc.party, scopes: doc.scopes }
    },
  }
}
