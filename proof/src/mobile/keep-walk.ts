import { readFileSync } from 'node:fs'
import type { Download, Page } from 'playwright-core'
import type { Phone } from './phone.ts'
import { type Look, pin } from './walks.ts'

const password = 'four words of mine'

/** What a driver keeps of wallet and account. */
export interface Kept {
  readonly words: number
  /** The encrypted backup, as the browser wrote it. */
  readonly backupFile: string
  readonly backupKind: string
  readonly vehicle: string
  /** Entries of everything the node knows. */
  readonly exported: readonly string[]
}

const withPin = async (page: Page): Promise<void> => {
  await page.getByTestId('unlock').waitFor()
  await page.getByLabel('Your PIN').fill(pin)
  await page.getByRole('button', { name: 'Unlock' }).click()
}
const file = async (page: Page, press: () => Promise<void>): Promise<Download> => {
  const [download] = await Promise.all([page.waitForEvent('download'), press()])
  return download
}
const jsonOf = async (download: Download): Promise<Readonly<Record<string, unknown>>> =>
  JSON.parse(readFileSync(await download.path(), 'utf8')) as Readonly<Record<string, unknown>>

/** The recovery phrase, the encrypted backup, a vehicle, and all the node knows. */
export const keepAll = async (page: Page, origin: string, look: Look): Promise<Kept> => {
  await page.goto(`${origin}/mobile/wallet/phrase`)
  await page.getByRole('button', { name: 'Show the twelve words' }).click()
  await withPin(page)
  await page.getByTestId('phrase').waitFor()
  const words = await page.getByTestId('phrase').getByRole('listitem').count()

  await page.goto(`${origin}/mobile/wallet/backup`)
  await page.getByLabel('Password of the backup').fill(password)
  const backup = await file(page, async () => {
    await page.getByRole('button', { name: 'Make the backup' }).click()
    await withPin(page)
  })
  const { crypto } = (await jsonOf(backup)) as { crypto?: { kdf?: string; cipher?: string } }

  await page.goto(`${origin}/mobile/account/vehicles`)
  await page.getByLabel('Name', { exact: true }).fill('Zoé')
  await page.getByLabel('Battery, kWh').fill('52')
  await page.getByRole('button', { name: 'Add a vehicle' }).click()
  await page.getByRole('button', { name: 'Remove Zoé' }).waitFor()
  await look(page, 'vehicle')
  const vehicle = ((await page.getByText('52.00 kWh').first().textContent()) ?? '').trim()

  await page.goto(`${origin}/mobile/account/privacy`)
  const all = await file(page, () => page.getByRole('button', { name: 'Export everything' }).click())
  return {
    words,
    backupFile: await backup.path(),
    backupKind: `${crypto?.kdf}, ${crypto?.cipher}`,
    vehicle,
    exported: Object.keys(await jsonOf(all)),
  }
}

/** A phone that was lost: on the next one the backup brings back the wallet, its money and its charges. */
export const bringBack = async (
  phone: Phone,
  origin: string,
  backupFile: string,
  look: Look,
): Promise<{ readonly credit: string; readonly charges: number }> => {
  const page = phone.page()
  await page.goto(`${origin}/mobile/wallet/import`)
  await page.getByLabel('Choose a PIN').fill(pin)
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose a backup file' }).click(),
  ])
  const content = { name: 'backup.json', mimeType: 'application/json', buffer: readFileSync(backupFile) }
  await chooser.setFiles(content)
  await page.getByLabel('Password of the backup').fill(password)
  await page.getByRole('button', { name: 'Open the backup' }).click()
  const shown = page.getByTestId('credit').filter({ hasText: '€' })
  await shown.waitFor()
  const credit = ((await shown.textContent()) ?? '').trim()
  await page.goto(`${origin}/mobile/charges`)
  await page.getByText('Past charges').waitFor()
  await look(page, 'brought-back')
  return {
    credit,
    charges: await page
      .getByRole('main')
      .getByRole('button', { name: /simulated/ })
      .count(),
  }
}

/** The account is deleted; the credit stays on chain. */
export const erase = async (page: Page, origin: string, look: Look): Promise<string> => {
  await page.goto(`${origin}/mobile/account/privacy`)
  await page.getByLabel('Type DELETE to confirm').fill('DELETE')
  await page.getByRole('button', { name: 'Delete my account' }).click()
  const told = page.getByRole('status').first()
  await told.waitFor()
  await look(page, 'erased')
  return ((await told.textContent()) ?? '').trim()
}
