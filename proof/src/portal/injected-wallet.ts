import type { Hex } from '@werenode/core'
import type { BrowserContext } from 'playwright-core'
import { createWalletClient, http } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'

/**
 * Puts a wallet into every page of a context, as an extension would: announced by EIP-6963, an account only after it was asked for
 * (EIP-1193), typed data signed outside of the page.
 */
export const injectWallet = async (
  context: BrowserContext,
  chainId: number,
  key: Hex = generatePrivateKey(),
  rpcUrl?: string,
) => {
  const account = privateKeyToAccount(key)
  let granted = false
  let signatures = 0
  await context.exposeFunction('__walletRpc', async (method: string, text: string): Promise<string> => {
    const params = JSON.parse(text) as readonly string[]
    const answer = async (): Promise<unknown> => {
      switch (method) {
        case 'eth_chainId':
          return `0x${chainId.toString(16)}`
        case 'eth_accounts':
          return granted ? [account.address] : []
        case 'eth_requestAccounts':
          granted = true
          return [account.address]
        case 'personal_sign':
          signatures += 1
          return account.signMessage({ message: { raw: params[0] as Hex } })
        case 'eth_signTypedData_v4': {
          signatures += 1
          const { domain, types, primaryType, message } = JSON.parse(params[1]!)
          const { EIP712Domain: _, ...own } = types
          return account.signTypedData({ domain, types: own, primaryType, message })
        }
        case 'eth_sendTransaction': {
          const [{ to, data }] = JSON.parse(text) as readonly [{ to: Hex; data: Hex }]
          if (rpcUrl === undefined) throw new Error('The wallet has no way to the chain')
          const chain = {
            id: chainId,
            name: 'proof',
            nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
            rpcUrls: { default: { http: [rpcUrl] } },
          }
          return createWalletClient({ account, chain, transport: http(rpcUrl) }).sendTransaction({ to, data })
        }
        default:
          throw new Error(`The wallet does not know ${method}`)
      }
    }
    return JSON.stringify(await answer())
  })
  await context.addInitScript(() => {
    const rpc = (globalThis as unknown as { __walletRpc(method: string, params: string): Promise<string> }).__walletRpc
    const provider = {
      request: async ({ method, params }: { method: string; params?: unknown }) =>
        JSON.parse(await rpc(method, JSON.stringify(params ?? []))),
    }
    const info = {
      uuid: '7d3c1d0e-0b5a-4f0e-9f0e-6c1c8f1c0a11',
      name: 'Proof Wallet',
      rdns: 'org.example.proof',
      icon: 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>',
    }
    const announce = () =>
      (globalThis as unknown as EventTarget).dispatchEvent(
        new CustomEvent('eip6963:announceProvider', { detail: Object.freeze({ info, provider }) }),
      )
    const page = globalThis as unknown as EventTarget
    page.addEventListener('eip6963:requestProvider', announce)
    announce()
  })
  return { address: account.address, signatures: () => signatures }
}
