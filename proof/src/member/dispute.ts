import type { Hex } from '@werenode/core'
import { createWerenode, privateKeyWallet } from '@werenode/sdk'
import type { Page } from 'playwright-core'
import { createPublicClient, createWalletClient, http, parseEther } from 'viem'
import { privateKeyToAccount, privateKeyToAddress } from 'viem/accounts'
import type { PortalServer } from '../portal/server.ts'

export interface DisputeTale {
  /** What the app said of the charge when the chain had taken the member's no. */
  readonly state: string
  /** The bill, and what the chain paid once the meter's records were shown, micro-euro. */
  readonly askedMicro: bigint
  /** Lost to the operator by who doubted a bill that the meter then proves whole. */
  readonly bondMicro: bigint
  readonly paidMicro: bigint
}

/**
 * A bill that was not signed is proposed on chain; the member says no to it in the app, from their own wallet; the operator shows the
 * meter's records, and the chain decides.
 */
export const disputeInApp = async (
  page: Page,
  { origin, rpcUrl, ownerKey }: Pick<PortalServer, 'origin' | 'rpcUrl' | 'ownerKey'>,
  key: Hex,
  evseId: string,
): Promise<DisputeTale> => {
  const driver = createWerenode({ baseUrl: origin, wallet: privateKeyWallet(key) })
  await driver.faucet(50_000_000n)
  for (let tries = 0; (await driver.credit()).creditMicro < 25_000_000n && tries < 200; tries += 1)
    await new Promise((later) => setTimeout(later, 100))
  const { id } = await driver.open(await driver.quote({ evseId }))
  await driver.until(id, ['charging'])
  let view = await driver.session(id)
  while (view.energyWh < 20) {
    await new Promise((later) => setTimeout(later, 300))
    view = await driver.session(id)
  }
  await driver.stop(id)
  while (view.transactions.propose === undefined) {
    await new Promise((later) => setTimeout(later, 300))
    view = await driver.session(id)
  }
  await lendGas(rpcUrl, ownerKey(), privateKeyToAddress(key))
  await page.goto(`${origin}/member/sessions/${id}`)
  const form = page.locator('wn-dispute')
  await form.locator('input[name=agree]').fill('0')
  await form.locator('textarea[name=why]').fill('My car says it took less than this.')
  await form.locator('form button[type=submit]').click()
  await form.getByRole('button', { name: 'wallet' }).click()
  await form.locator('[role=status]').waitFor()
  const over = page.locator(`[data-session="${id}"]:is([data-state="disputed"],[data-state="settled"])`)
  await over.waitFor({ timeout: 60_000 })
  const state = (await over.getAttribute('data-state')) ?? ''
  const settled = await driver.until(id, ['settled'])
  return {
    state,
    askedMicro: BigInt(settled.receipt?.amount ?? 0),
    bondMicro: BigInt(settled.terms.disputeBond),
    paidMicro: BigInt(settled.paidMicro ?? 0),
  }
}

/** The wallet of somebody who disputes pays for it: the operator's owner lends it what that takes. */
const lendGas = async (rpcUrl: string, lender: Hex, to: Hex): Promise<void> => {
  const transport = http(rpcUrl)
  const client = createPublicClient({ transport, pollingInterval: 50 })
  const chain = {
    id: await client.getChainId(),
    name: 'local',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  }
  const wallet = createWalletClient({ account: privateKeyToAccount(lender), chain, transport })
  const hash = await wallet.sendTransaction({ to, value: parseEther('0.01') })
  await client.waitForTransactionReceipt({ hash })
}
