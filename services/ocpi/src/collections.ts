import type { CollectionSpec, Doc } from '@werenode/core'
import type { TokenForm } from './http/authorization.ts'
import type { CredentialsRole, Kind, Objects } from './model/model.ts'
import type { Endpoint, VersionNumber } from './versions/versions.ts'

/**
 * A platform we roam with.
 * - `invited`: it has a registration token of ours (CREDENTIALS_TOKEN_A) and has not called yet.
 * - `registering`: we have its registration token and have called it.
 * - `registered`: both sides hold live tokens.
 * - `unregistered`: one side ended it; the tokens are gone.
 */
export type PartnerState = 'invited' | 'registering' | 'registered' | 'unregistered'

export interface Partner extends Doc {
  readonly name: string
  readonly state: PartnerState
  readonly versionsUrl?: string
  readonly version?: VersionNumber
  /** Secret: what we show at their door. */
  readonly theirToken?: string
  /** How that token is written at their door; found out by trying. */
  readonly tokenForm?: TokenForm
  /** Secret: what they may show at ours. During a rotation two are good, until the new one has been used. */
  readonly ourTokens: readonly OurToken[]
  readonly roles: readonly CredentialsRole[]
  readonly hubPartyId?: string
  readonly endpoints: readonly Endpoint[]
  readonly createdAt: string
  readonly registeredAt?: string
  /** Pushes wait while true: set by a person. */
  readonly paused?: boolean
}
export interface OurToken {
  readonly token: string
  /** `registration` opens versions and credentials only. */
  readonly use: 'registration' | 'live'
  /** Not yet seen at our door: whoever asked for it may not have got it. */
  readonly unconfirmed?: boolean
}

/** Who may enter with a token: looked up by its hash. */
export interface AccessDoc extends Doc {
  readonly partnerId: string
}

/** An OCPI object: ours (`owner` is `own`) or a copy of a partner's (`owner` is the partner's id). */
export interface ObjectDoc<K extends Kind = Kind> extends Doc {
  readonly owner: string
  readonly kind: K
  readonly object: Objects[K]
  readonly lastUpdated: string
  /** Rises with every new object of this store: the order of pages, oldest first. */
  readonly createdNr: number
  /** Tariffs can be deleted; locations only vanish. Kept, because CDRs name them. */
  readonly gone?: boolean
  /** Own sessions, CDRs: the one party they are for. */
  readonly forParty?: string
  /** Another way to it, upper case: a token's uid, a session's id, a CDR's session. */
  readonly lookup?: string
  /** A partner's object as it was told last, in its version: what a PATCH changes and a GET answers. */
  readonly wire?: { readonly version: VersionNumber; readonly body: Readonly<Record<string, unknown>> }
  /** What does not add up in a partner's CDR, in sentences. */
  readonly findings?: readonly string[]
}

/** What a partner is owed about one object; one row each, so the order of pushes is the order of the object's states. */
export interface OutboxDoc extends Doc {
  readonly partnerId: string
  readonly kind: Kind
  readonly objectId: string
  readonly owed: boolean
  readonly dueAt: string
  readonly attempts: number
  readonly lastTrouble?: string
  /** What the partner has acknowledged, to send only the difference. */
  readonly sent?: { readonly rest: string; readonly statuses: Readonly<Record<string, string>> }
  /** Given up: the partner refuses this object; a person may resend. */
  readonly refused?: boolean
}

export const collections: readonly CollectionSpec[] = [
  { name: 'ocpi_partners' },
  { name: 'ocpi_access', indexes: [{ fields: ['partnerId'] }] },
  {
    name: 'ocpi_objects',
    indexes: [
      { fields: ['owner', 'kind', 'createdNr'] },
      { fields: ['owner', 'kind', 'lastUpdated'] },
      { fields: ['kind', 'lookup'] },
    ],
  },
  { name: 'ocpi_outbox', indexes: [{ fields: ['owed', 'dueAt'] }, { fields: ['partnerId', 'owed'] }] },
  { name: 'ocpi_pulls' },
  { name: 'ocpi_plugs' },
  { name: 'ocpi_plugs_reserved' },
  { name: 'ocpi_admitted' },
  { name: 'ocpi_profile_asks' },
  { name: 'ocpi_profiles', indexes: [{ fields: ['dueAt'] }] },
  { name: 'ocpi_watched' },
  { name: 'ocpi_commands', indexes: [{ fields: ['state', 'dueAt'] }] },
  { name: 'ocpi_statements', indexes: [{ fields: ['partnerId'] }, { fields: ['state'] }] },
  { name: 'ocpi_deviations', indexes: [{ fields: ['partnerId'] }] },
  {
    name: 'ocpi_charges',
    indexes: [{ fields: ['sessionId'] }, { fields: ['stationKey'] }, { fields: ['endDueAt'] }],
  },
]
