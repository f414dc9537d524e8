import { type Address, type Hex, type Wallet, WerenodeError } from '@werenode/core'
import {
  createWerenode,
  type Network,
  privateKeyWallet,
  type Werenode,
  walletOfProvider,
  webStorage,
} from '@werenode/sdk'
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { generatePrivateKey } from 'viem/accounts'
import { useNode } from '../look/useNode'
import { type FoundWallet, wallets } from './discover'

/** Which wallet this browser used last, so that a reload does not ask again. */
const choiceKey = 'werenode:portal:wallet'
/** A key for test euro on a local network; worth nothing, and said so. */
const trialKey = 'werenode:portal:trial-key'
const trial = 'trial'

export interface ChainCall {
  readonly chainId: number
  readonly to: string
  readonly data: string
}

export interface WalletChoice {
  readonly found: readonly FoundWallet[]
  readonly wallet: Wallet | undefined
  /** Its name as it announced itself; undefined for the trial wallet. */
  readonly name: string | undefined
  connect(wallet: FoundWallet): Promise<void>
  /** Makes (or takes) the trial wallet of this browser. */
  tryIt(): void
  disconnect(): void
  /** Has the wallet send a call and pay its gas; undefined for a wallet that only signs. Resolves with the transaction's hash. */
  readonly send: ((call: ChainCall) => Promise<Hex>) | undefined
  /** The node, with this wallet if there is one. */
  readonly werenode: Werenode
}

interface Chosen {
  readonly wallet: Wallet
  readonly name: string | undefined
  readonly provider?: FoundWallet['provider']
}

/** The person's wallet: announced ones (EIP-6963), or on a local network one made in this browser for trying. */
export const useWallet = (): WalletChoice => {
  const node = useNode()
  const found = useSyncExternalStore(wallets.subscribe, wallets.list, wallets.none)
  const [chosen, setChosen] = useState<Chosen>()

  useEffect(() => {
    const choice = localStorage.getItem(choiceKey)
    if (choice === null || chosen) return
    if (choice === trial) return setChosen({ wallet: trialWallet(), name: undefined })
    const known = found.find(({ info }) => info.rdns === choice)
    // Without asking: a wallet that does not grant an account any more answers with none.
    if (known)
      void known.provider.request({ method: 'eth_accounts' }).then((accounts) => {
        const [address] = accounts as readonly Address[]
        if (address)
          setChosen({
            wallet: walletOfProvider(known.provider, address),
            name: known.info.name,
            provider: known.provider,
          })
      })
  }, [found, chosen])

  const werenode = useMemo(
    () =>
      createWerenode({
        baseUrl: node,
        storage: webStorage(localStorage),
        ...(chosen ? { wallet: chosen.wallet } : {}),
      }),
    [node, chosen],
  )

  const provider = chosen?.provider
  const from = chosen?.wallet.address
  const send = useMemo(
    () =>
      provider === undefined || from === undefined
        ? undefined
        : async ({ chainId, to, data }: ChainCall): Promise<Hex> => {
            await onChain(provider, await createWerenode({ baseUrl: node }).network(), chainId)
            return (await provider.request({ method: 'eth_sendTransaction', params: [{ from, to, data }] })) as Hex
          },
    [provider, from, node],
  )

  return {
    found,
    send,
    wallet: chosen?.wallet,
    name: chosen?.name,
    werenode,
    async connect({ info, provider }) {
      const [address] = (await provider.request({ method: 'eth_requestAccounts' })) as readonly Address[]
      if (!address)
        throw new WerenodeError('not-authenticated', `${info.name} shared no account`, {
          hint: 'Allow one account in the wallet, then try again.',
        })
      await onChain(provider, await createWerenode({ baseUrl: node }).network())
      localStorage.setItem(choiceKey, info.rdns)
      setChosen({ wallet: walletOfProvider(provider, address), name: info.name, provider })
    },
    tryIt() {
      localStorage.setItem(choiceKey, trial)
      setChosen({ wallet: trialWallet(), name: undefined })
    },
    disconnect() {
      localStorage.removeItem(choiceKey)
      setChosen(undefined)
    },
  }
}

const trialWallet = (): Wallet => {
  const kept = localStorage.getItem(trialKey)
  const key = (kept ?? generatePrivateKey()) as Hex
  if (kept === null) localStorage.setItem(trialKey, key)
  return privateKeyWallet(key)
}

/** Wallets sign typed data only for the chain they are on: asks for the node's, and names it to wallets that do not know it. */
const onChain = async (
  provider: FoundWallet['provider'],
  network: Pick<Network, 'chainId'> & { readonly rpcUrl?: string },
  wanted: number = network.chainId,
): Promise<void> => {
  const chainId = `0x${wanted.toString(16)}`
  if ((await provider.request({ method: 'eth_chainId' })) === chainId) return
  try {
    await provider.request({ method: 'wallet_switchEthereumChain', params: [{ chainId }] })
  } catch (error) {
    // EIP-3085: 4902 says that the wallet has never heard of the chain.
    if ((error as { code?: number }).code !== 4902 || network.rpcUrl === undefined) throw error
    await provider.request({
      method: 'wallet_addEthereumChain',
      params: [
        {
          chainId,
          chainName: 'Werenode',
          rpcUrls: [network.rpcUrl],
          nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
        },
      ],
    })
  }
}
