import { createHash, randomBytes } from 'node:crypto'
import {
  type Address,
  type Clock,
  type CollectionSpec,
  type Doc,
  isoTime,
  type Party,
  type Store,
  type Stored,
  WerenodeError,
} from '@werenode/core'

interface Owned extends Doc {
  readonly accountId: string
  readonly createdAt: string
}
export interface FavouriteDoc extends Owned {
  readonly locationId: string
  readonly label?: string
}
export interface VehicleDoc extends Owned {
  readonly name: string
  readonly plate?: string
  readonly batteryWh?: number
  readonly maxAcW?: number
  readonly maxDcW?: number
  readonly standards: readonly string[]
  readonly usual: boolean
}
/** A card is known by its hash; its last signs help people tell theirs apart. */
export interface CardDoc extends Owned {
  readonly label: string
  readonly lastSigns: string
}
/** Somebody who charges for nothing at a party's plugs. `_id` is `<party> card:<hash>` or `<party> driver:<address>`. */
export interface FreeUserDoc extends Doc {
  readonly party: Party
  readonly kind: 'card' | 'driver'
  readonly label: string
  readonly lastSigns: string
  readonly until?: string
  readonly addedAt: string
}
/** `_id` is the hash of the code. */
export interface VoucherDoc extends Doc {
  readonly party: Party
  readonly label: string
  readonly amountMicro: string
  readonly uses: number
  readonly used: number
  readonly until?: string
  readonly createdAt: string
}
/** A voucher that was redeemed: once per account. `_id` is `<code hash> <account>`. */
export interface RedemptionDoc extends Doc {
  readonly party: Party
  readonly voucher: string
  readonly accountId: string
  readonly beneficiary: Address
  readonly amountMicro: string
  readonly at: string
  /** `due` until the chain tells of the deposit for its driver, by the party's wallet or a test network's faucet. */
  readonly state: 'paid' | 'due'
  /** The faucet was asked under this key. */
  readonly faucetKey?: string
  /** Which log of the chain paid it: `<transaction> <index>`. */
  readonly paidBy?: string
  readonly txHash?: string
  readonly blockNumber?: number
}

export const thingCollections: readonly CollectionSpec[] = [
  { name: 'api_favourites', indexes: [{ fields: ['accountId', 'createdAt'] }] },
  { name: 'api_vehicles', indexes: [{ fields: ['accountId', 'createdAt'] }] },
  { name: 'api_vehicle_choices', indexes: [{ fields: ['accountId', 'createdAt'] }] },
  { name: 'api_cards', indexes: [{ fields: ['accountId', 'createdAt'] }] },
  { name: 'api_free_users', indexes: [{ fields: ['party', '_id'] }] },
  { name: 'api_vouchers', indexes: [{ fields: ['party', 'createdAt'] }] },
  {
    name: 'api_redemptions',
    indexes: [
      { fields: ['party', 'at'] },
      { fields: ['accountId'] },
      { fields: ['beneficiary', 'state'] },
      { fields: ['state', 'at'] },
      { fields: ['paidBy'] },
    ],
  },
]

/** The same hash by which the manager knows cards: compared without case (OCPP CiString). */
export const cardHash = (uid: string): string =>
  createHash('sha256').update(`card:${uid.trim().toUpperCase()}`).digest('hex')

export const lastSignsOf = (text: string): string => `…${text.trim().slice(-4)}`

const most = 200

/** What belongs to one account in a collection: listed, put and removed by it alone. */
export const createThings = <T extends Owned>({
  store,
  clock,
  collection,
  what,
}: {
  store: Store
  clock: Clock
  collection: string
  /** In words, for the person: `vehicle`. */
  what: string
}) => {
  const missing = (): WerenodeError => new WerenodeError('not-found', `You have no such ${what}`)
  const own = async (accountId: string, id: string): Promise<Stored<T>> => {
    const doc = await store.get<T>(collection, id)
    if (!doc || doc.accountId !== accountId) throw missing()
    return doc
  }
  return {
    own,
    list: async (accountId: string): Promise<readonly Stored<T>[]> =>
      (await store.find<T>(collection, { accountId }, { sort: [['createdAt', 1]], limit: most })).items,
    /** Adds or changes; `id` absent: a new one. Throws `conflict` for what is another account's. */
    async put(accountId: string, id: string | undefined, fields: Omit<T, keyof Owned>): Promise<T> {
      const _id = id ?? randomBytes(9).toString('base64url')
      const known = await store.get<T>(collection, _id)
      if (known && known.accountId !== accountId)
        throw new WerenodeError('conflict', `This ${what} is another account’s`)
      if (!known && (await store.count(collection, { accountId })) >= most)
        throw new WerenodeError('too-large', `An account keeps at most ${most} of these`, {
          hint: 'Remove some first.',
        })
      const doc = { ...fields, _id, accountId, createdAt: known?.createdAt ?? isoTime(clock()) } as unknown as T
      await store.write([
        known ? { op: 'replace', in: collection, doc, rev: known._rev } : { op: 'insert', in: collection, doc },
      ])
      return doc
    },
    async remove(accountId: string, id: string): Promise<void> {
      const { _rev } = await own(accountId, id)
      await store.write([{ op: 'delete', in: collection, id, rev: _rev }])
    },
  }
}
