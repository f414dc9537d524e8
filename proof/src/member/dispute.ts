import type { Hex } from '@werenode/core'
import { createWerenode, privateKeyWallet } from '@werenode/sdk'
import type { Page } from 'playwright-core'
import { privateKeyToAddress } from 'viem/accounts'

export interface DisputeTale {
  /** What the app said of the charge when the chain had taken the member's no. */
  readonly state: string
  /** What was agreed to at first, and what the chain paid once the meter's records were shown, micro-euro. */
  readonly agreedMicro: bigint
  readonly askedMicro: bigint
  readonly paidMicro: bigint
}

/**
 * A bill that was not signed is proposed on chain; the member says no to it in the app, from their own wallet; the operator shows the
 * meter's records, and the chain decides.
 */
export const disputeInApp = async (
  page: Page,
  { origin, rpcUrl }: { origin: string; rpcUrl: string },
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
  await gas(rpcUrl, privateKeyToAddress(key))
  await page.goto(`${origin}/member/sessions/${id}`)
  const form = page.locator('wn-dispute')
  await form.locator('input[name=agree]').fill('0.01')
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
    agreedMicro: 10_000n,
    askedMicro: BigInt(settled.receipt?.amount ?? 0),
    paidMicro: BigInt(settled.paidMicro ?? 0),
  }
}

/** The wallet of somebody who disputes pays for it; on a chain of our own it is given what that takes. */
const gas = async (rpcUrl: string, account: Hex): Promise<void> => {
  const response = await fetch(rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'anvil_setBalance',
      params: [account, `0x${(10n ** 18n).toString(16)}`],
    }),
  })
  const { error } = (await response.json()) as { error?: { message: string } }
  if (error) throw new Error(`The wallet was given no gas: ${error.message}`)
}
