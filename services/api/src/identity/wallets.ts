import { type Address, type Store, WerenodeError } from '@werenode/core'
import type { WalletDoc } from './collections.ts'
import type { EmailDoc, PasswordDoc } from './email.ts'

/** The wallets of accounts. */
export interface Wallets {
  /** First the one that came first. */
  of(accountId: string): Promise<readonly Address[]>
  /** Takes a wallet off; throws `conflict` for the last way to sign in. */
  unlink(accountId: string, address: Address): Promise<void>
}

export const createWallets = ({ store }: { store: Store }): Wallets => {
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
      if (docs.length === 1 && !(await hasPassword(store, accountId)))
        throw new WerenodeError('conflict', 'This wallet is the only way into the account', {
          hint: 'Add an e-mail address with a password, or another wallet, first.',
        })
      await store.write([{ op: 'delete', in: 'api_wallets', id: address, rev: doc._rev }])
    },
  }
}

const hasPassword = async (store: Store, accountId: string): Promise<boolean> => {
  const { items } = await store.find<EmailDoc>('api_emails', { accountId }, { limit: 100 })
  return (
    items.some(({ verifiedAt }) => verifiedAt !== undefined) &&
    (await store.get<PasswordDoc>('api_passwords', accountId)) !== undefined
  )
}
