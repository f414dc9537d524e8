import { createWerenode, privateKeyWallet } from '@werenode/sdk'
import type { Page } from 'playwright-core'
import { generatePrivateKey } from 'viem/accounts'
import { exportedRows } from './exported.ts'

export interface PayoutTale {
  /** What the escrow owes the party before and after, as the desk says it. */
  readonly before: string
  readonly taken: string
  readonly after: string
  readonly sent: string
  readonly figuresExported: number
}

const plug = 'FR*WRN*E000005'
/** Some cents at every price of the house. */
const enoughWh = 150

/** A driver charges and pays, so that something is owed to the party. */
const payForACharge = async (origin: string): Promise<void> => {
  const driver = createWerenode({ baseUrl: origin, wallet: privateKeyWallet(generatePrivateKey()) })
  await driver.faucet(20_000_000n)
  for (const until = Date.now() + 60_000; (await driver.credit()).creditMicro < 10_000_000n; ) {
    if (Date.now() > until) throw new Error('The faucet gave nothing within a minute')
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  const { id } = await driver.open(await driver.quote({ evseId: plug, maxAmountMicro: 10_000_000n }))
  let stopping: Promise<unknown> | undefined
  for await (const event of driver.live(id, { fromStart: true })) {
    if (event.type === 'session.meter' && event.data.energyWh >= enoughWh) stopping ??= driver.stop(id)
    if (event.type === 'session.receipt') await driver.cosign(id)
  }
  await stopping
}

/** An operator sees what the escrow holds for the party, takes it out with the wallet, and sees what is left. */
export const takePayout = async (
  page: Page,
  origin: string,
  look: (name: string) => Promise<void>,
): Promise<PayoutTale> => {
  await payForACharge(origin)
  await page.getByRole('tab', { name: 'Revenue' }).click()
  await page.locator('[data-figures]').waitFor()
  const figuresExported = await exportedRows(page)
  const panel = page.getByRole('region', { name: 'Payout' })
  const fact = (nr: number): Promise<string> => panel.locator('dd').nth(nr).innerText()
  const prepare = async (): Promise<void> => {
    const answer = page.waitForResponse(
      (response) => response.url().includes('/payout') && response.request().method() === 'POST',
    )
    await panel.getByRole('button', { name: 'Prepare the payout' }).click()
    await answer
    await panel.locator('dd').first().waitFor()
  }
  // What was just paid is credited with the batch it is settled in.
  for (const until = Date.now() + 60_000; ; ) {
    await prepare()
    if (!/^€0\.00$/.test(await fact(0))) break
    if (Date.now() > until) throw new Error('The escrow held nothing for the party a minute after it was paid')
    await page.waitForTimeout(1_000)
  }
  const [before, taken] = [await fact(0), await fact(1)]
  await look('desk-payout')
  await panel.getByRole('button', { name: 'Send it with the wallet' }).click()
  const note = panel.locator('.wn-note[role="status"]')
  await note.waitFor()
  const sent = await note.innerText()
  // The chain takes a block; the desk is asked until it says what is left.
  let after = before
  for (const until = Date.now() + 60_000; after === before && Date.now() < until; ) {
    await page.waitForTimeout(500)
    await prepare()
    after = await fact(0)
  }
  await look('desk-payout-sent')
  return { before, taken, after, sent, figuresExported }
}
