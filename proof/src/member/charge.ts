import { readFile } from 'node:fs/promises'
import type { Hex } from '@werenode/core'
import { createWerenode, privateKeyWallet } from '@werenode/sdk'
import type { Page } from 'playwright-core'

export interface ChargeTale {
  /** What the app said while power flowed. */
  readonly liveCost: string
  readonly state: string
  readonly readings: number
  readonly agrees: boolean
  readonly brokenChecks: number
  readonly checks: number
  readonly transactions: number
  readonly pdf: string
}

/** A real charge of the member's wallet, watched and stopped in the app, then its page with everything that backs it. */
export const chargeAndLook = async (page: Page, origin: string, key: Hex, evseId: string): Promise<ChargeTale> => {
  const driver = createWerenode({ baseUrl: origin, wallet: privateKeyWallet(key) })
  await driver.faucet(50_000_000n)
  for (let tries = 0; (await driver.credit()).creditMicro < 25_000_000n && tries < 200; tries += 1)
    await new Promise((later) => setTimeout(later, 100))
  const quote = await driver.quote({ evseId })
  const session = await driver.open(quote)
  await driver.until(session.id, ['charging'])
  const cosigned = (async () => {
    for await (const event of driver.live(session.id))
      if (event.type === 'session.receipt') return driver.cosign(session.id)
    return undefined
  })()
  await page.goto(`${origin}/member/sessions`)
  const live = page.locator(`[data-live="${session.id}"][data-state="charging"]`)
  await live.waitFor()
  await page.waitForFunction(
    (id) =>
      !/^€0\.00$/.test(
        (
          globalThis as unknown as { document: { querySelector(selector: string): { textContent: string } | null } }
        ).document
          .querySelector(`[data-live="${id}"] [data-figure="cost"]`)
          ?.textContent.trim() ?? '€0.00',
      ),
    session.id,
  )
  const liveCost = (await live.locator('[data-figure="cost"]').textContent()) ?? ''
  await live.getByRole('button', { name: 'Stop charging' }).click()
  await cosigned
  await driver.until(session.id, ['settled'])
  // As on a device that did not see it: the course then comes from the node.
  await page.evaluate(forget, `session:${session.id}`)
  await page.goto(`${origin}/member/sessions/${session.id}`)
  const head = page.locator(`[data-session="${session.id}"][data-state="settled"]`)
  await head.waitFor()
  await page.locator('.checks li').first().waitFor()
  await page.locator('[data-chart="power"] .curve').waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Receipt (PDF)' }).click(),
  ])
  return {
    liveCost: liveCost.trim(),
    state: (await head.getAttribute('data-state')) ?? '',
    readings: await page.locator('[data-chart="power"] tbody tr').count(),
    agrees: (await page.locator('wn-cost-table .note--good').count()) === 1,
    checks: await page.locator('.checks li').count(),
    brokenChecks: await page.locator('.checks li[data-verdict="broken"]').count(),
    transactions: await page.locator('[data-transaction]').count(),
    pdf: (await readFile(await download.path())).subarray(0, 5).toString('latin1'),
  }
}

/** Takes what is kept under a name out of this device's database. */
const forget = async (key: string): Promise<void> => {
  interface Request {
    onsuccess: () => void
    onerror: () => void
    readonly result: Database
  }
  interface Database {
    transaction(store: string, mode: string): { objectStore(store: string): { delete(key: string): Request } }
    close(): void
  }
  const { indexedDB } = globalThis as unknown as {
    indexedDB: { databases(): Promise<{ name: string }[]>; open(name: string): Request }
  }
  const done = (request: Request): Promise<Database> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(new Error(`${key} could not be forgotten`))
    })
  for (const { name } of await indexedDB.databases()) {
    if (!name.startsWith('werenode-member-')) continue
    const database = await done(indexedDB.open(name))
    await done(database.transaction('notes', 'readwrite').objectStore('notes').delete(key))
    database.close()
  }
}
