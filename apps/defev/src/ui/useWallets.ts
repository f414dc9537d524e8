import type { Address } from '@werenode/core'
import { useEffect, useState } from 'react'
import type { Deployment } from '../chain/deployment.ts'
import { type AnnouncedWallet, discoverWallets } from '../wallet/discover.ts'
import { walletConnect } from '../wallet/wallet-connect.ts'

const lastKey = 'defev.wallet'

/** The browser's wallets, and the one that is connected. A wallet that was connected before is taken up again without asking. */
export const useWallets = (deployment: Deployment) => {
  const [wallets, setWallets] = useState<readonly AnnouncedWallet[]>([])
  const [wallet, setWallet] = useState<AnnouncedWallet>()
  const [account, setAccount] = useState<Address>()

  const [pairing, setPairing] = useState<string>()

  useEffect(() => {
    // By configuration only; it announces itself to nobody.
    if (deployment.walletConnectProjectId !== undefined) setWallets([walletConnect(deployment, setPairing)])
    return discoverWallets((one) => setWallets((before) => [...before, one]))
  }, [deployment])

  const take = (chosen: AnnouncedWallet, accounts: unknown): void => {
    const first = Array.isArray(accounts) ? (accounts[0] as Address | undefined) : undefined
    setAccount(first)
    setWallet(first === undefined ? undefined : chosen)
  }

  useEffect(() => {
    const last = wallets.find(({ rdns }) => rdns === localStorage.getItem(lastKey))
    if (last === undefined || wallet !== undefined) return
    last.provider.request({ method: 'eth_accounts' }).then(
      (accounts) => take(last, accounts),
      // It does not answer: it is not taken up, and can be chosen again.
      (error: unknown) => console.warn(`${last.name} did not say its accounts`, error),
    )
  }, [wallets, wallet])

  useEffect(() => {
    if (wallet === undefined) return
    const { provider } = wallet
    const onAccounts = (accounts: unknown): void => take(wallet, accounts)
    provider.on?.('accountsChanged', onAccounts)
    return () => provider.removeListener?.('accountsChanged', onAccounts)
  }, [wallet])

  return {
    wallets,
    wallet,
    /** What a wallet on another device scans to be connected, while it is awaited. */
    pairing,
    account,
    /** Throws what the wallet says when the person declines. */
    connectTo: async (chosen: AnnouncedWallet): Promise<void> => {
      take(chosen, await chosen.provider.request({ method: 'eth_requestAccounts' }))
      localStorage.setItem(lastKey, chosen.rdns)
    },
    leave: (): void => {
      localStorage.removeItem(lastKey)
      setWallet(undefined)
      setAccount(undefined)
    },
  }
}
