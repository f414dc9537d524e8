import { type Address, type Store, WerenodeError } from '@werenode/core'
import type { WalletDoc } from './collections.ts'
import type { Without } from './ways-in.ts'

/** The wallets of accounts. */
export interface Wallets {
  /** First the one that came first. */
  of(accountId: string): Promise<readonly Address[]>
  /** Takes a wallet off; throws `conflict` for the last way to sign in. */
  unlink(accountId: string, address: Address): Promise<void>
}

export const createWallets = ({
  store,
  mustLeaveAWay,
}: {
  store: Store
  mustLeaveAWay: (accountId: string, without: Without) => Promise<void>
}): Wallets => {
  const docsOf = async (accountId: string) =>
    (await store.find<WalletDoc>('api_wallets', { accountId }, { limit: 1_000 })).items.toSorted((a, b) =>
      a.createdAt < b.createdAt ? -1 : 1,
    )
  return {
    of: async (accountId) => (await docsOf(accountId)).map(({ _id }) => _id),
    async unlink(accountId, address) {
      const docs = await docsOf(accountId)
      const doc = docs.find(({ _id }) => _id === address)
      if (!doc) throw new WerenodeError('not-found', `The wallet ${address} is not on this account`)
      await mustLeaveAWay(accountId, { wallet: address })
      await store.write([{ op: 'delete', in: 'api_wallets', id: address, rev: doc._rev }])
    },
  }
}
