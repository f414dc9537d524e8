import { isWerenodeError, type Wallet } from '@werenode/core'
import type { Login, Werenode } from '@werenode/sdk'

type Node = Pick<Werenode, 'login' | 'linkWallet' | 'signIn'>

/** Whether somebody is signed in to an account that does not charge with this wallet. */
export const isElsewhere = (login: Login | undefined, wallet: Pick<Wallet, 'address'> | undefined): boolean =>
  login !== undefined && wallet !== undefined && login.address?.toLowerCase() !== wallet.address.toLowerCase()

/**
 * Puts the wallet of this device on the account that is signed in, so that it pays for it: one signature, none when it is there already.
 * Resolves with false for a wallet of another account.
 */
export const joinAccount = async (werenode: Node, wallet: Pick<Wallet, 'address'> | undefined): Promise<boolean> => {
  const login = await werenode.login()
  if (!isElsewhere(login, wallet)) return true
  try {
    await werenode.linkWallet()
  } catch (error) {
    if (isWerenodeError(error) && error.code === 'conflict') return false
    throw error
  }
  // An account that has charged with another wallet, as after a change of phone: this device charges with its own.
  if (login?.address !== undefined) await werenode.signIn()
  return true
}
