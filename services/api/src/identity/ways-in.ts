import { type Address, type Store, WerenodeError } from '@werenode/core'
import type { WalletDoc } from './collections.ts'
import type { EmailDoc, PasswordDoc } from './email.ts'
import type { IdentityDoc } from './identity-providers.ts'
import type { PasskeyDoc } from './passkeys.ts'

/** Something that is about to be taken off an account. */
export interface Without {
  readonly wallet?: Address
  readonly passkey?: string
  readonly identity?: string
  readonly email?: string
}

/** Throws `conflict` when nothing would be left to sign in with. */
export const createWaysIn =
  ({ store }: { store: Store }) =>
  async (accountId: string, without: Without): Promise<void> => {
    const of = async <T extends { _id: string }>(collection: string) =>
      (await store.find<T>(collection, { accountId }, { limit: 1_000 })).items
    const wallets = (await of<WalletDoc>('api_wallets')).filter(({ _id }) => _id !== without.wallet)
    const passkeys = (await of<PasskeyDoc>('api_passkeys')).filter(({ _id }) => _id !== without.passkey)
    const identities = (await of<IdentityDoc>('api_identities')).filter(({ _id }) => _id !== without.identity)
    if (wallets.length + passkeys.length + identities.length > 0) return
    const emails = (await of<EmailDoc>('api_emails')).filter(
      ({ _id, verifiedAt }) => _id !== without.email && verifiedAt !== undefined,
    )
    if (emails.length > 0 && (await store.get<PasswordDoc>('api_passwords', accountId))) return
    throw new WerenodeError('conflict', 'This is the only way into the account', {
      hint: 'Add another first: an e-mail address with a password, a passkey or a wallet.',
    })
  }
