import { randomBytes } from 'node:crypto'
import { type Address, isoTime, type WriteOp } from '@werenode/core'
import type { AccountDoc, WalletDoc } from './collections.ts'

/** A new account with its first wallet, to be written with what it is made for. */
export const newAccount = (address: Address, at: Date): { accountId: string; ops: readonly WriteOp[] } => {
  const createdAt = isoTime(at)
  const account: AccountDoc = { _id: `acc_${randomBytes(12).toString('base64url')}`, createdAt }
  const wallet: WalletDoc = { _id: address, accountId: account._id, createdAt }
  return {
    accountId: account._id,
    ops: [
      { op: 'insert', in: 'api_accounts', doc: account },
      { op: 'insert', in: 'api_wallets', doc: wallet },
    ],
  }
}
