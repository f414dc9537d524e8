import { chargeEscrowAbi } from '@werenode/chain'
import type { Hex } from '@werenode/core'
import type { BrowserContext, Page } from 'playwright-core'
import { createPublicClient, createWalletClient, hexToBigInt, http, keccak256, parseEther } from 'viem'
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'

/** What the person in front of the wallet does next. */
export type Mood =
  | 'agrees'
  | 'declines'
  | 'signs and declines to send'
  | 'is on another chain'
  | 'is on another chain and switches'
  | 'uses another account'
  | 'switches after signing'
  | 'replaces'
  | 'speeds up'
  | 'drops'

/**
 * A test wallet: keys in this process, announced to the page by EIP-6963 under a name of its own. It is not MetaMask, and nothing here
 * says so. It answers no account before it was asked to connect, as wallets do.
 */
export const createTestWallet = async (deps: { rpcUrl: string; funderKey: Hex; addresses: { escrow: Hex } }) => {
  const transport = http(deps.rpcUrl)
  const client = createPublicClient({ transport, pollingInterval: 50, cacheTime: 0 })
  const chainId = await client.getChainId()
  const chain = {
    id: chainId,
    name: 'local',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [deps.rpcUrl] } },
  }
  const account = privateKeyToAccount(generatePrivateKey())
  const other = privateKeyToAccount(generatePrivateKey())
  const funder = createWalletClient({ account: privateKeyToAccount(deps.funderKey), chain, transport })
  for (const to of [account.address, other.address]) {
    const hash = await funder.sendTransaction({ to, value: parseEther('5') })
    await client.waitForTransactionReceipt({ hash })
  }
  let mood: Mood = 'agrees'
  let present = chainId
  let connected = false
  let added = false
  const asked: string[] = []

  const declined = (message: string, code = 4001) => ({ error: { code, message } })
  let chosen = account
  const holder = (): PrivateKeyAccount => (mood === 'uses another account' ? other : chosen)

  const send = async (transaction: { to: Hex; data?: Hex; gas?: Hex }): Promise<Hex> => {
    const gas = transaction.gas === undefined ? 1_500_000n : hexToBigInt(transaction.gas)
    const wallet = createWalletClient({ account: holder(), chain, transport })
    const call = { to: transaction.to, data: transaction.data ?? ('0x' as Hex), gas }
    if (mood !== 'replaces' && mood !== 'speeds up' && mood !== 'drops') return wallet.sendTransaction(call)
    // What the page hears of is signed, and never mined.
    const nonce = await client.getTransactionCount({ address: holder().address })
    const lost = await wallet.prepareTransactionRequest({ ...call, nonce })
    const raw = await holder().signTransaction(lost as Parameters<typeof account.signTransaction>[0])
    // "Speed up" in the wallet: the same call for a higher fee. "Cancel": another transaction takes the nonce.
    const fees = { maxFeePerGas: 90_000_000_000n, maxPriorityFeePerGas: 3_000_000_000n }
    if (mood === 'speeds up') await wallet.sendTransaction({ ...call, nonce, ...fees })
    if (mood === 'replaces') await wallet.sendTransaction({ to: account.address, value: 0n, nonce, gas: 21_000n })
    return keccak256(raw)
  }

  const answer = async (method: string, params: readonly unknown[]): Promise<unknown> => {
    asked.push(method)
    switch (method) {
      case 'eth_accounts':
        return connected ? [holder().address] : []
      case 'eth_requestAccounts':
        if (mood === 'declines') return declined('User rejected the request.')
        connected = true
        return [holder().address]
      case 'eth_chainId':
        return `0x${present.toString(16)}`
      case 'wallet_switchEthereumChain':
        if (mood.startsWith('is on another chain') && !added) return declined('Unrecognized chain ID', 4902)
        present = chainId
        return null
      case 'wallet_addEthereumChain':
        if (mood === 'is on another chain') return declined('User rejected the request.')
        added = true
        present = chainId
        return null
      case 'eth_signTypedData_v4': {
        if (mood === 'declines') return declined('User rejected the request.')
        const { EIP712Domain: _domain, ...types } = (JSON.parse(String(params[1])) as { types: Record<string, never> })
          .types
        const signature = await holder().signTypedData({ ...JSON.parse(String(params[1])), types })
        if (mood === 'switches after signing') chosen = other
        return signature
      }
      case 'personal_sign':
        return holder().signMessage({ message: { raw: params[0] as Hex } })
      case 'eth_sendTransaction':
        if (mood === 'declines' || mood === 'signs and declines to send') return declined('User rejected the request.')
        return send(params[0] as { to: Hex })
      default:
        return client.request({ method, params } as never)
    }
  }

  return {
    account: account.address,
    asked,
    /** Sessions that either account opened, by the chain's word. */
    opened: async () => {
      const logs = await client.getContractEvents({
        ...{ address: deps.addresses.escrow, abi: chargeEscrowAbi, eventName: 'SessionOpened', fromBlock: 0n },
        args: { driver: [account.address, other.address] },
      } as const)
      return logs.map(({ args }) => args.sessionId)
    },
    be: (next: Mood): void => {
      mood = next
      present = next.startsWith('is on another chain') ? 1 : chainId
      if (next !== 'switches after signing') chosen = account
    },
    other: other.address,
    /** What the first account signs and sends outside the page. */
    sign: (typed: Parameters<typeof account.signTypedData>[0]) => account.signTypedData(typed),
    write: (call: { to: Hex; data: Hex }) =>
      createWalletClient({ account, chain, transport }).sendTransaction({ ...call, gas: 3_000_000n }),
    /** The person picks the other account in the wallet, which tells the page. */
    pick: async (page: Page, which: 'first' | 'other'): Promise<void> => {
      mood = 'agrees'
      chosen = which === 'other' ? other : account
      await page.evaluate(
        (accounts) => (globalThis as unknown as { __walletTells: Tells }).__walletTells('accountsChanged', accounts),
        [chosen.address],
      )
    },
    install: async (context: BrowserContext): Promise<void> => {
      await context.exposeFunction('__testWallet', async (method: string, params: readonly unknown[]) => {
        try {
          const result = await answer(method, params)
          if (typeof result === 'object' && result !== null && 'error' in result) return result
          return { result }
        } catch (error) {
          return {
            error: { code: -32603, message: error instanceof Error ? error.message.slice(0, 300) : String(error) },
          }
        }
      })
      await context.addInitScript(announce)
    },
  }
}
export type TestWallet = Awaited<ReturnType<typeof createTestWallet>>

type Tells = (name: string, value: unknown) => void

/** Runs in the page: two wallets announce themselves, so that the person has to choose. */
const announce = (): void => {
  type Ask = (
    method: string,
    params: readonly unknown[],
  ) => Promise<{ result?: unknown; error?: { code: number; message: string } }>
  const page = globalThis as unknown as EventTarget
  const listeners = new Map<string, ((value: unknown) => void)[]>()
  const provider = {
    request: async ({ method, params }: { method: string; params?: readonly unknown[] }) => {
      const answer = await (globalThis as unknown as { __testWallet: Ask }).__testWallet(method, params ?? [])
      if (answer.error) throw Object.assign(new Error(answer.error.message), { code: answer.error.code })
      return answer.result
    },
    on: (name: string, listener: (value: unknown) => void) => {
      listeners.set(name, [...(listeners.get(name) ?? []), listener])
    },
    removeListener: (name: string, listener: (value: unknown) => void) => {
      listeners.set(
        name,
        (listeners.get(name) ?? []).filter((one) => one !== listener),
      )
    },
  }
  ;(globalThis as unknown as { __walletTells: Tells }).__walletTells = (name, value) => {
    for (const listener of listeners.get(name) ?? []) listener(value)
  }
  const tell = (): void => {
    for (const [uuid, name, rdns] of [
      ['1f1e8d6c-0000-4000-8000-000000000001', 'Werenode test wallet', 'org.werenode.test'],
      ['1f1e8d6c-0000-4000-8000-000000000002', 'Another wallet', 'org.werenode.other'],
    ] as const) {
      const detail = Object.freeze({ info: { uuid, name, icon: '', rdns }, provider })
      page.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail }))
    }
  }
  page.addEventListener('eip6963:requestProvider', tell)
  tell()
}
