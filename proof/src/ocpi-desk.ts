import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Party } from '@werenode/core'
import { createWerenode, privateKeyWallet } from '@werenode/sdk'
import { pino } from 'pino'
import type { Browser, Page } from 'playwright-core'
import { buildApp, isBuilt } from '../../apps/cli/src/apps/build-app.ts'
import { portal as app } from '../../apps/cli/src/apps/list.ts'
import { choosePort } from '../../apps/cli/src/node/ports.ts'
import { openPartnerWithServices } from '../../services/ocpi/proof/partner-with-services.ts'
import { openChromium } from './browser/chromium.ts'
import { openDurableHouse } from './durable-house.ts'
import { equals, type Proof, told } from './figures.ts'
import { violations } from './portal/axe.ts'
import { injectWallet } from './portal/injected-wallet.ts'
import { openServer, type PortalServer } from './portal/server.ts'
import { patient } from './portal/walks.ts'

const pictures = resolve(import.meta.dirname, '..', '..', '.werenode', 'proof', 'ocpi-desk')
const party = 'FR*WRN' as Party

/** An operator keeps a partner's payment terminals and bookings from the desk; the partner is another OCPI platform over HTTP. */
const ocpiDesk: Proof = async ({ long, report }) => {
  const folder = mkdtempSync(join(tmpdir(), 'werenode-ocpi-desk-'))
  let server: PortalServer | undefined
  let browser: Browser | undefined
  const house = await openDurableHouse()
  const partner = await openPartnerWithServices(house, await choosePort(0, '127.0.0.1'))
  try {
    browser = await openChromium()
    const built = isBuilt(app) && !long ? 'known' : await buildApp(app, { log: pino({ level: 'warn' }) }).done
    if (built === 'failed') throw new Error('The portal could not be built')
    server = await openServer(folder, ['--no-import', '--no-sim'])
    report(`the house is open at ${server.origin}`)
    const admin = createWerenode({ baseUrl: server.origin, wallet: privateKeyWallet(server.operatorKey()) })
    await admin.signIn()
    const { url, token } = await partner.invite('Werenode demo')
    const registered = await admin.roaming(party).add({ url, token, name: 'Autobahn Charge' })
    await partner.furnish({ country_code: 'FR', party_id: 'WRN' })

    const context = await browser.newContext({ locale: 'en', viewport: { width: 1440, height: 900 } })
    const { chainId } = await admin.network()
    await injectWallet(context, chainId, server.operatorKey())
    const page = patient(await context.newPage())
    const found: string[] = []
    const look = async (name: string): Promise<void> => {
      for (const colorScheme of ['light', 'dark'] as const)
        for (const [size, width, height] of [
          ['desk', 1440, 900],
          ['phone', 390, 844],
        ] as const) {
          await page.emulateMedia({ colorScheme })
          await page.setViewportSize({ width, height })
          mkdirSync(pictures, { recursive: true })
          await page.screenshot({ path: join(pictures, `${name}-${colorScheme}-${size}.png`), fullPage: true })
          for (const line of await violations(page)) {
            found.push(line)
            report(`axe: ${name}, ${colorScheme}, ${size}: ${line}`)
          }
        }
      await page.emulateMedia({ colorScheme: 'light' })
      await page.setViewportSize({ width: 1440, height: 900 })
    }
    await page.goto(`${server.origin}/desk`)
    await page.getByRole('button', { name: 'Proof Wallet' }).click()
    await page.getByRole('button', { name: 'Sign in with a wallet' }).click()
    await page.getByRole('tab', { name: 'Roaming' }).click()
    const row = page.locator(`tr[data-row="${registered.id}"]`)
    await row.getByRole('button', { name: 'Terminals and bookings' }).click()
    const tale = await keep(page, look)
    report(JSON.stringify(tale))
    return {
      'a terminal serves the place chosen at the desk, as its provider holds it': equals(
        (await partner.placesOf('T-1')).length,
        1,
      ),
      'cards told as taken and as not taken': equals(tale.captures, 'Not taken, Taken'),
      'a booking made at the desk': equals(tale.booked, 'Booked'),
      'the same slot asked for again': equals(tale.again, 'The partner did not agree: Refused.'),
      'a booking cancelled at the desk': equals(tale.cancelled, 'Cancelled'),
      'bookings as the partner holds them': equals(
        [...(await partner.bookings())].sort().join(' '),
        'CANCELED REJECTED',
      ),
      'an offer of ours shown, then taken back': equals(tale.offer, 'At our plugs, gone'),
      'axe violations, four looks each': equals(found.length, 0),
      pictures: told('.werenode/proof/ocpi-desk'),
    }
  } finally {
    await browser?.close()
    await server?.stop()
    await partner.stop()
    await house.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

const keep = async (page: Page, look: (name: string) => Promise<void>) => {
  const region = (name: string) => page.getByRole('region', { name, exact: true }).last()
  const rowOf = (table: string, text: string) => region(table).locator('tr[data-row]', { hasText: text })
  /** Pushes take a moment; the page is asked again until they are there. */
  const shown = async (table: string, text: string) => {
    const row = rowOf(table, text).first()
    for (const until = Date.now() + 60_000; (await row.count()) === 0; ) {
      if (Date.now() > until) throw new Error(`${text} did not appear among ${table}`)
      await page.getByRole('button', { name: 'Refresh' }).click()
      await row.waitFor({ timeout: 2_000 }).catch(() => undefined)
    }
    return row
  }
  const press = (name: string) => page.locator('dialog').last().getByRole('button', { name, exact: true }).click()
  const closed = () => page.locator('dialog').waitFor({ state: 'detached' })

  const terminal = await shown('Payment terminals', 'T-1')
  await shown('Taken from cards', 'REF-FAC-2')
  await shown('What can be booked', 'KOELN-1')
  await look('services')
  await terminal.getByRole('button', { name: 'Put at places' }).click()
  await page.locator('dialog input[type="checkbox"]').first().check()
  await look('assign')
  await press('Save')
  await closed()
  const states = await region('Taken from cards').locator('tr[data-row] td:nth-child(4)').allTextContents()

  const book = async () => {
    await (await shown('What can be booked', 'KOELN-1')).getByRole('button', { name: 'Book' }).click()
    await page.getByLabel('Power wanted, kW').fill('50')
  }
  await book()
  await look('book')
  await press('Save')
  await closed()
  const booked = await (await shown('Bookings', 'Booked')).locator('td').first().innerText()
  await book()
  await press('Save')
  const note = page.locator('dialog [role="alert"]')
  await note.waitFor()
  const again = await note.innerText()
  await press('Cancel')
  await closed()
  await (await shown('Bookings', 'Booked')).getByRole('button', { name: 'Cancel the booking' }).click()
  await press('Cancel the booking')
  await closed()
  const cancelled = await (await shown('Bookings', 'Cancelled')).locator('td').first().innerText()

  await page.getByRole('button', { name: 'Offer a plug' }).click()
  await page.getByLabel('Id of the offer').fill('OURS-1')
  await page.getByLabel('At most, kW').fill('22')
  await look('offer')
  await press('Save')
  await closed()
  const offer = await shown('What can be booked', 'OURS-1')
  const where = await offer.locator('td').nth(1).innerText()
  await look('all')
  await offer.getByRole('button', { name: 'Offer no more' }).click()
  await press('Offer no more')
  await closed()
  await rowOf('What can be booked', 'OURS-1').waitFor({ state: 'detached' })
  return { captures: states.sort().join(', '), booked, again, cancelled, offer: `${where}, gone` }
}

export default ocpiDesk
