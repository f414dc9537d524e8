import { chargeEscrowAbi } from '@werenode/chain'
import type { Hex } from '@werenode/core'
import type { BrowserContext } from 'playwright-core'
import { createPublicClient, createWalletClient, hexToBigInt, http, keccak256, parseEther } from 'viem'
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'

/** What the person in front of the wallet does next. */
export type Mood =
  | 'agrees'
  | 'declines'
  | 'is on another chain'
  | 'uses another account'
  | 'replaces'
  | 'never mines'
  | 'keeps silent'

/**
 * A test wallet: keys in this process, announced to the page by EIP-6963 under a name of its own. It is not MetaMask, and nothing here
 * says so. It answers no account before it was asked to connect, as wallets do.
 */
export const createTestWallet = async (deps: { rpcUrl: string; appUrl: string; funderKey: Hex }) => {
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
  const asked: string[] = []

  const declined = (message: string, code = 4001) => ({ error: { code, message } })
  const holder = (): PrivateKeyAccount => (mood === 'uses another account' ? other : account)

  const send = async (transaction: { to: Hex; data?: Hex; gas?: Hex }): Promise<Hex> => {
    const gas = transaction.gas === undefined ? 1_500_000n : hexToBigInt(transaction.gas)
    const wallet = createWalletClient({ account: holder(), chain, transport })
    if (mood !== 'replaces') return wallet.sendTransaction({ to: transaction.to, data: transaction.data ?? '0x', gas })
    // The person presses "cancel" in the wallet: another transaction takes the nonce, the first is never mined.
    const nonce = await client.getTransactionCount({ address: account.address })
    const lost = await wallet.prepareTransactionRequest({
      to: transaction.to,
      data: transaction.data ?? '0x',
      gas,
      nonce,
    })
    const raw = await account.signTransaction(lost as Parameters<typeof account.signTransaction>[0])
    await wallet.sendTransaction({ to: account.address, value: 0n, nonce, gas: 21_000n })
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
        if (mood === 'is on another chain') return { error: { code: 4902, message: 'Unrecognized chain ID' } }
        present = chainId
        return null
      case 'wallet_addEthereumChain':
        if (mood === 'is on another chain') return declined('User rejected the request.')
        present = chainId
        return null
      case 'eth_signTypedData_v4': {
        if (mood === 'declines') return declined('User rejected the request.')
        const { EIP712Domain: _domain, ...types } = (JSON.parse(String(params[1])) as { types: Record<string, never> })
          .types
        return holder().signTypedData({ ...JSON.parse(String(params[1])), types })
      }
      case 'personal_sign':
        return holder().signMessage({ message: { raw: params[0] as Hex } })
      case 'eth_sendTransaction':
        if (mood === 'declines') return declined('User rejected the request.')
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
      const { addresses } = (await (await fetch(`${deps.appUrl}deployment.json`)).json()) as {
        addresses: { escrow: Hex }
      }
      const logs = await client.getContractEvents({
        ...{ address: addresses.escrow, abi: chargeEscrowAbi, eventName: 'SessionOpened', fromBlock: 0n },
        args: { driver: [account.address, other.address] },
      } as const)
      return logs.map(({ args }) => args.sessionId)
    },
    be: (next: Mood): void => {
      mood = next
      present = next === 'is on another chain' ? 1 : chainId
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
    removeListener: () => undefined,
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
