import type { CollectionSpec, Doc, Party, Store } from '@werenode/core'

/** Who stands on an invoice. */
export interface BillingParty {
  readonly name: string
  readonly address?: string
  readonly postalCode?: string
  readonly city?: string
  readonly countryCode: string
  /** EN 16931 BT-31, BT-48, e.g. `FR32123456789`. */
  readonly vatId?: string
  /** Of the commercial register, e.g. SIREN. */
  readonly registrationId?: string
  readonly email?: string
}

/** `_id` is `party <party>` or `account <accountId>`. */
export interface BillingDoc extends Doc {
  readonly accountId?: string
  readonly billing: BillingParty
}

export const billingCollection: CollectionSpec = { name: 'api_billing', indexes: [{ fields: ['accountId'] }] }

export const billingOf = {
  party: async (store: Store, party: Party) => (await store.get<BillingDoc>('api_billing', `party ${party}`))?.billing,
  account: async (store: Store, accountId: string) =>
    (await store.get<BillingDoc>('api_billing', `account ${accountId}`))?.billing,
} as const
