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
import type { AdapterPayload } from 'oidc-provider'
import type { Audit } from '../identity/audit.ts'
import { hashSecret, newLoginId, newSecret } from '../identity/token.ts'

/** A system of a party, signing in by OAuth client credentials. The secret is shown once and kept as SHA-256. */
export interface SystemClientDoc extends Doc {
  readonly party: Party
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly hash: string
  readonly createdAt: string
}

const collection = 'api_oauth_clients'
export const systemClientCollection: CollectionSpec = {
  name: collection,
  indexes: [{ fields: ['party', 'createdAt'] }],
}

export interface SystemClients {
  create(
    by: Principal,
    client: { party: Party; name: string; scopes: readonly Scope[] },
  ): Promise<{ doc: SystemClientDoc; clientSecret: string }>
  list(party: Party): Promise<readonly SystemClientDoc[]>
  /** Its tokens end with it. */
  revoke(by: Principal, party: Party, clientId: string): Promise<void>
  get(clientId: string): Promise<SystemClientDoc | undefined>
  /** As the authorization server wants it. */
  metadata(clientId: string): Promise<AdapterPayload | undefined>
}

export const createSystemClients = ({
  store,
  clock,
  audit,
}: {
  store: Store
  clock: Clock
  audit: Audit
}): SystemClients => {
  /** Anything may come as a client's id; only what could be one is looked for. */
  const get = async (clientId: string) =>
    /^sys_[A-Za-z0-9_-]{22}$/.test(clientId) ? store.get<SystemClientDoc>(collection, clientId) : undefined
  return {
    async create(by, { party, name, scopes }) {
      const clientSecret = newSecret()
      const doc: SystemClientDoc = {
        _id: `sys_${newLoginId()}`,
        party,
        name,
        scopes,
        hash: hashSecret(clientSecret),
        createdAt: isoTime(clock()),
      }
      await store.write([
        { op: 'insert', in: collection, doc },
        audit.note({ principal: by, act: 'createSystemClient', party, subject: doc._id, details: { name, scopes } }),
      ])
      return { doc, clientSecret }
    },
    list: async (party) =>
      (await store.find<SystemClientDoc>(collection, { party }, { sort: [['createdAt', -1]], limit: 1_000 })).items,
    async revoke(by, party, clientId) {
      const doc = await get(clientId)
      if (doc?.party !== party) throw new WerenodeError('not-found', `${party} has no such client`)
      await store.write([
        { op: 'delete', in: collection, id: clientId },
        audit.note({ principal: by, act: 'revokeSystemClient', party, subject: clientId, details: { name: doc.name } }),
      ])
    },
    get,
    async metadata(clientId) {
      const doc = await get(clientId)
      return (
        doc && {
          client_id: doc._id,
          client_name: doc.name,
          // The hash stands in for the secret; the provider compares by `hashSecret` (provider.ts).
          client_secret: doc.hash,
          token_endpoint_auth_method: 'client_secret_basic',
          grant_types: ['client_credentials'],
          response_types: [],
          redirect_uris: [],
          id_token_signed_response_alg: 'ES256',
          scope: doc.scopes.join(' '),
        }
      )
    },
  }
}
