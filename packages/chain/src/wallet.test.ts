import { recoverMessageAddress, recoverTypedDataAddress } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it } from 'vitest'
import { escrowDomain } from './typed/domain.ts'
import { quoteTypedData } from './typed/quote.ts'
import { topUpTypedData } from './typed/requests.ts'
import { isSignedBy, signerOf } from './verify.ts'
import { sign, walletOfAccount, walletOfProvider } from './wallet.ts'

const account = privateKeyToAccount(generatePrivateKey())
const domain = escrowDomain(31337, '0x5555555555555555555555555555555555555555')
const sessionId = `0x${'ab'.repeat(32)}` as const

/** A browser wallet in front of the account: it takes typed data as JSON, as EIP-1193 wallets do. */
const provider = {
  request: async ({ method, params }: { method: string; params?: unknown }) => {
    const [first, second] = params as [string, string]
    if (method === 'personal_sign') return account.signMessage({ message: { raw: first as `0x${string}` } })
    const { EIP712Domain: _, ...types } = JSON.parse(second).types
    return account.signTypedData({ ...JSON.parse(second), types })
  },
}

describe('signing', () => {
  const typed = topUpTypedData({ sessionId, newMax: 40_000_000n, deadline: 1_800_000_000 }, domain)

  it('gives the same signature by a key and by a browser wallet', async () => {
    const byKey = await sign(walletOfAccount(account), typed)
    const byWallet = await sign(walletOfProvider(provider, account.address), typed)
    expect(byWallet).toBe(byKey)
    expect(await recoverTypedDataAddress({ ...typed, signature: byKey } as never)).toBe(account.address)
  })

  it('signs text, for SIWE', async () => {
    for (const wallet of [walletOfAccount(account), walletOfProvider(provider, account.address)]) {
      const signature = await wallet.signMessage('hello')
      expect(await recoverMessageAddress({ message: 'hello', signature })).toBe(account.address)
    }
  })

  it('is recognised as the account’s, for this message only', async () => {
    const signature = await sign(walletOfAccount(account), typed)
    expect(await isSignedBy(account.address, typed, signature)).toBe(true)
    expect(await isSignedBy(account.address, quoteTypedData(sessionId, domain), signature)).toBe(false)
    expect(await signerOf(typed, '0x1234')).toBeUndefined()
  })
})
