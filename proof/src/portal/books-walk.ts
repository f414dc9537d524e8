import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'

export interface BooksTale {
  /** What the station said when it was asked to restart. */
  readonly restarted: string
  /** The restart stands in the station's message log. */
  readonly restartLogged: boolean
  /** Rows of the exported charges, without the head. */
  readonly chargesExported: number
  readonly chargesShown: number
  readonly figures: number
  readonly onChain: string
  readonly importReport: string
  readonly rowsRefused: number
}

type Look = (name: string) => Promise<void>

/** Restarts a station from the desk, and reads that in its message log. */
const restartStation = async (page: Page, look: Look): Promise<Pick<BooksTale, 'restarted' | 'restartLogged'>> => {
  await page.getByRole('tab', { name: 'Stations' }).click()
  const row = page.locator('tr[data-row]', { hasText: 'Online' }).first()
  await row.waitFor()
  await look('desk-stations')
  await row.getByRole('button', { name: 'Look and act' }).click()
  await page.getByRole('button', { name: 'Restart when idle' }).click()
  await page.locator('.wn-dialog--small').getByRole('button', { name: 'Restart when idle' }).click()
  const note = page.locator('.wn-note', { hasText: 'The station answered' })
  await note.waitFor()
  const restarted = (await note.textContent()) ?? ''
  await look('desk-station')
  await page.getByRole('button', { name: 'Message log' }).click()
  await page.getByLabel('Holding these words').fill('"Reset"')
  await page.locator('.wn-log li').first().waitFor()
  const restartLogged = ((await page.locator('.wn-log').textContent()) ?? '').includes('"Reset"')
  await page.getByRole('button', { name: 'Close' }).click()
  return { restarted, restartLogged }
}

/** The charges as a table, exported; what they brought, drawn. */
const readBooks = async (
  page: Page,
  look: Look,
): Promise<Pick<BooksTale, 'chargesExported' | 'chargesShown' | 'figures'>> => {
  await page.getByRole('tab', { name: 'Charges' }).click()
  await page.locator('tr[data-row]').first().waitFor()
  const chargesShown = await page.locator('tr[data-row]').count()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export (CSV)' }).click(),
  ])
  const text = await readFile(await download.path(), 'utf8')
  await look('desk-charges')
  await page.getByRole('tab', { name: 'Revenue' }).click()
  await page.locator('[data-figures]').waitFor()
  const figures = Number(await page.locator('[data-figures]').getAttribute('data-figures'))
  await look('desk-figures')
  return { chargesExported: text.trim().split('\r\n').length - 1, chargesShown, figures }
}

/** Puts the new plug on the chain with the operator's wallet, and imports places by a file with a good row and a bad one. */
const placesAndChain = async (
  page: Page,
  placeId: string,
  look: Look,
): Promise<Pick<BooksTale, 'onChain' | 'importReport' | 'rowsRefused'>> => {
  await page.getByRole('tab', { name: 'Places' }).click()
  const row = page.locator(`tr[data-row="${placeId}"]`)
  await row.getByRole('button', { name: 'Register on chain' }).click()
  const evse = page.locator('[data-evse="FR*WRN*E000777"][data-onchain]')
  await evse.waitFor()
  if ((await evse.getAttribute('data-onchain')) !== 'registered')
    await evse.getByRole('button', { name: 'Register with the wallet' }).click()
  await page.locator('[data-evse="FR*WRN*E000777"][data-onchain="registered"]').waitFor()
  const onChain = (await evse.locator('[role="status"]').textContent()) ?? ''
  await look('desk-chain')
  await page.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'Import' }).click()
  await page
    .getByLabel('CSV file')
    .setInputFiles({ name: 'places.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await page.getByRole('button', { name: 'Import', exact: true }).last().click()
  await page.locator('[data-import]').waitFor()
  const importReport = (await page.locator('[data-import]').textContent()) ?? ''
  const rowsRefused = await page.locator('dialog tr', { hasText: 'Left out' }).count()
  await look('desk-import')
  await page.getByRole('button', { name: 'Close' }).click()
  return { onChain, importReport: importReport.trim(), rowsRefused }
}

const csv = [
  'id_pdc_itinerance,id_station_itinerance,nom_station,nom_operateur,adresse_station,coordonneesXY,puissance_nominale,prise_type_2,tariff_ids',
  'FRWRNE000790,FRWRNPPROOF1,Import de la preuve,Werenode demo,"2 Rue de la Preuve 86000 Poitiers","[0.35, 46.59]",22,true,PROOF',
  'FRWRNE000791,FRWRNPPROOF2,Sans coordonnées,Werenode demo,"3 Rue de la Preuve 86000 Poitiers","nowhere",22,true,PROOF',
  '',
].join('\r\n')

/** What else stands on the desk: partners, team, alerts. */
const lookAround = async (page: Page, look: Look): Promise<void> => {
  for (const [tab, label, name] of [
    ['Roaming', 'Roaming partners', 'desk-roaming'],
    ['Team', 'Team and rights', 'desk-team'],
    ['Alerts', 'Alerts', 'desk-alerts'],
  ] as const) {
    await page.getByRole('tab', { name: tab }).click()
    await page.getByRole('region', { name: label }).waitFor()
    await look(name)
  }
}

/** The operator's day after the first: a station restarted, the books read, a plug on chain, places imported. */
export const keepBooks = async (page: Page, placeId: string, look: Look): Promise<BooksTale> => {
  const restart = await restartStation(page, look)
  const books = await readBooks(page, look)
  const places = await placesAndChain(page, placeId, look)
  await lookAround(page, look)
  return { ...restart, ...books, ...places }
}
