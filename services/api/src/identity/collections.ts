import type { Address, CollectionSpec, Doc, Party, Scope } from '@werenode/core'
import { authCollections } from '../auth/adapter.ts'
import { keyCollection } from '../auth/key-ring.ts'
import { systemClientCollection } from '../auth/system-clients.ts'
import { mailCollection } from '../mail/mail-queue.ts'
import { apiKeyCollection } from './api-keys.ts'
import { auditCollection } from './audit.ts'
import { emailCollections } from './email.ts'
import { identityProviderCollections } from './identity-providers.ts'
import { partyCollections } from './parties.ts'
import { passkeyCollections } from './passkeys.ts'

/** A person or system. */
export interface AccountDoc extends Doc {
  readonly createdAt: string
}

/** A wallet belongs to one account; an account may have several. `_id` is the address. */
export interface WalletDoc extends Doc {
  readonly _id: Address
  readonly accountId: string
  readonly createdAt: string
}

/** A nonce that nobody has signed in with yet. `_id` is the nonce. */
export interface NonceDoc extends Doc {
  readonly expiresAt: string
}

/** A signed-in device. Tokens are kept as SHA-256 only. */
export interface LoginDoc extends Doc {
  readonly accountId: string
  readonly address?: Address
  readonly scopes: readonly Scope[]
  /** The party this login acts for; what it may do there is looked up, so that it ends when the membership does. */
  readonly party?: Party
  readonly createdAt: string
  readonly refreshedAt: string
  readonly device?: string
  /** The OAuth client it was made for; its tokens are the authorization server's then, and `_id` is their grant. */
  readonly clientId?: string
  readonly accessHash: string
  readonly accessExpiresAt: string
  readonly refreshHash: string
  readonly refreshExpiresAt: string
  /** Refresh tokens that were exchanged: meeting one again means that somebody copied it. The last 100. */
  readonly usedRefreshHashes: readonly string[]
}

export const identityCollections: readonly CollectionSpec[] = [
  ...partyCollections,
  ...emailCollections,
  ...passkeyCollections,
  ...identityProviderCollections,
  ...authCollections,
  keyCollection,
  systemClientCollection,
  mailCollection,
  apiKeyCollection,
  auditCollection,
  { name: 'api_accounts' },
  { name: 'api_wallets', indexes: [{ fields: ['accountId'] }] },
  { name: 'api_nonces', indexes: [{ fields: ['expiresAt'] }] },
  { name: 'api_logins', indexes: [{ fields: ['accountId', 'createdAt'] }, { fields: ['refreshExpiresAt'] }] },
]
