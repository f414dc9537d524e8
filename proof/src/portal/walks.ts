import { readFile } from 'node:fs/promises'
import type { Party } from '@werenode/core'
import { createWerenode, privateKeyWallet } from '@werenode/sdk'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { showMap, sketched } from '../map/show-map.ts'
import { injectWallet } from './injected-wallet.ts'
import type { PortalServer } from './server.ts'

/** Pages wait on conditions; a busy machine is no failure. */
const patientMs = 60_000

export const patient = (page: Page): Page => {
  page.setDefaultTimeout(patientMs)
  return page
}

/** Opens the map, narrows it to what can be used here, and opens a place of the list. Returns how many places were shown. */
export const findByFilter = async (page: Page, origin: string, placeId: string): Promise<number> => {
  await page.goto(`${origin}/map`)
  await page.getByRole('button', { name: 'Payable with Werenode' }).click()
  const row = page.locator(`[data-place="${placeId}"]`)
  await row.waitFor()
  const shown = await page.locator('.wn-place').count()
  await row.click()
  await page.locator('.wn-plug[data-evse]').first().waitFor()
  return shown
}

/**
 * Opens the map's page, takes the network away, and opens it again: what is shown then, and of when it is said to be. `withMap`: the map was
 * asked for before, and is drawn without network too.
 */
export const withoutNetwork = async (
  browser: Browser,
  origin: string,
  { withMap }: { readonly withMap: boolean },
): Promise<string> => {
  const context = await browser.newContext({ locale: 'en', viewport: { width: 1280, height: 900 } })
  try {
    const page = patient(await context.newPage())
    await page.goto(`${origin}/map?only=payable`)
    await page.locator('.wn-place').first().waitFor()
    // The worker has what the page is made of.
    await page.evaluate(() =>
      (navigator as unknown as { serviceWorker: { ready: Promise<unknown> } }).serviceWorker.ready.then(
        () => undefined,
      ),
    )
    await page.reload()
    if (withMap) await showMap(page)
    await page.locator('.wn-place').first().waitFor()
    await context.setOffline(true)
    await page.reload()
    if (withMap) await showMap(page)
    else await sketched(page)
    await page.locator('.wn-list .wn-note').waitFor()
    await page.locator('.wn-place').first().waitFor()
    const places = await page.locator('.wn-place').count()
    return `${places} places, ${(await page.locator('.wn-list .wn-note').textContent())?.trim() ?? ''}`
  } finally {
    await context.close()
  }
}

export interface ChargeTale {
  readonly signatures: number
  readonly paid: string
  /** What another page, which only watched the map, saw the plug become. */
  readonly watched: string
  /** Live cards that still stand beside the receipt. */
  readonly liveLeft: number
}

/** A driver with a wallet of their own: from the map to the receipt, while another page watches the plug. */
export const charge = async (
  context: BrowserContext,
  watcher: Page,
  origin: string,
  chainId: number,
  evseId: string,
  look: (page: Page, name: string) => Promise<void>,
): Promise<ChargeTale> => {
  const wallet = await injectWallet(context, chainId)
  const page = patient(await context.newPage())
  const plug = watcher.locator(`.wn-plug[data-evse="${evseId}"]`)
  await watcher.locator(`.wn-plug[data-evse="${evseId}"][data-status="AVAILABLE"]`).waitFor()
  // As the QR code at the plug leads there.
  await page.goto(`${origin}/c/${evseId}*1`)
  await page.getByRole('button', { name: 'Proof Wallet' }).click()
  await page.getByRole('button', { name: 'Ask for the price' }).click()
  await page.locator('[data-quote="shown"]').waitFor()
  await page.getByRole('button', { name: 'Get 50 test euro' }).click()
  await page.getByRole('button', { name: 'Sign and charge' }).click()
  await page.locator('.wn-live[data-state="charging"]').waitFor()
  await watcher.locator(`.wn-plug[data-evse="${evseId}"][data-status="CHARGING"]`).waitFor()
  const watched = (await plug.getAttribute('data-status')) ?? ''
  // Something flowed: the cost is no longer nothing.
  await page.waitForFunction(
    () =>
      !/^€0\.00$/.test(
        (
          globalThis as unknown as { document: { querySelector(selector: string): { textContent: string } | null } }
        ).document
          .querySelector('.wn-figure--large strong')
          ?.textContent.trim() ?? '€0.00',
      ),
  )
  await look(page, 'charge-live')
  await page.getByRole('button', { name: 'Stop charging' }).click()
  await page.locator('.wn-receipt--full[data-state="settled"]').waitFor()
  const paid = (await page.locator('.wn-receipt__sum').textContent()) ?? ''
  const liveLeft = await page.locator('.wn-live').count()
  await look(page, 'receipt')
  return { signatures: wallet.signatures(), paid, watched, liveLeft }
}

export interface DeskTale {
  readonly plugs: number
  readonly priceShown: string
  readonly found: boolean
  readonly exported: number
}

/** The place the operator makes. */
export const placeOfProof = 'PROOF-PLACE'

/** An operator: signs in, makes a tariff and a place, changes the price, sees the plug on the board, exports it. */
export const operate = async (
  context: BrowserContext,
  server: PortalServer,
  chainId: number,
): Promise<{ page: Page; tale: DeskTale }> => {
  const { origin } = server
  const party = 'FR*WRN' as Party
  const wallet = await injectWallet(context, chainId, server.ownerKey(), server.rpcUrl)
  const admin = createWerenode({ baseUrl: origin, wallet: privateKeyWallet(server.operatorKey()) })
  await admin.api.putMember({
    params: { party, address: wallet.address.toLowerCase() },
    body: { scopes: ['catalogue:write', 'stations:read', 'stations:write', 'party:write'] },
  } as never)
  const page = patient(await context.newPage())
  await page.goto(`${origin}/desk`)
  await page.getByRole('button', { name: 'Proof Wallet' }).click()
  await page.getByRole('button', { name: 'Sign in with a wallet' }).click()
  await page.locator('[data-row="FR*WRN*E000001"]').waitFor()

  await page.getByRole('tab', { name: 'Tariffs' }).click()
  await page.getByRole('button', { name: 'New tariff' }).click()
  await page.getByLabel('Id', { exact: true }).fill('PROOF')
  await page.getByLabel('Per kWh, €').fill('0.42')
  await page.getByRole('button', { name: 'Save' }).click()
  const tariff = page.locator('[data-row="PROOF"]')
  await tariff.waitFor()
  await tariff.getByRole('button', { name: 'Edit' }).click()
  await page.getByLabel('Per kWh, €').fill('0.45')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.locator('[data-row="PROOF"]', { hasText: '0.45' }).waitFor()
  const priceShown = (await tariff.locator('td').nth(1).textContent()) ?? ''

  await page.getByRole('tab', { name: 'Places' }).click()
  await page.getByRole('button', { name: 'New place' }).click()
  await page.getByLabel('Id', { exact: true }).fill('PROOF-PLACE')
  for (const [label, value] of [
    ['Name', 'Proof of a place'],
    ['Operator', 'Werenode demo'],
    ['Address', '1 Rue de la Preuve'],
    ['City', 'Poitiers'],
    ['Latitude', '46.58'],
    ['Longitude', '0.34'],
  ] as const)
    await page.getByLabel(label, { exact: true }).fill(value)
  await page.getByRole('button', { name: 'Add a plug' }).click()
  await page.getByLabel('EVSE id').fill('FR*WRN*E000777')
  await page.locator('fieldset select').nth(1).selectOption('PROOF')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.locator(`[data-row="${placeOfProof}"]`).waitFor()

  await page.getByRole('tab', { name: 'Live board' }).click()
  await page.locator('[data-row="FR*WRN*E000777"]').waitFor()
  const plugs = await page.locator('tr[data-row]').count()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export (CSV)' }).click(),
  ])
  const text = await readFile(await download.path(), 'utf8')
  const { evse } = await createWerenode({ baseUrl: origin }).locations.evse('FRWRNE000777')
  return {
    page,
    tale: {
      plugs,
      priceShown,
      found: evse.evseId === 'FR*WRN*E000777',
      exported: text.trim().split('\r\n').length - 1,
    },
  }
}
