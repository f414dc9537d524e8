import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { demoCard } from '../../../apps/cli/src/demo/stations.ts'

export interface StationTale {
  /** What the station answered, by what it was asked. */
  readonly answers: Readonly<Record<string, string>>
  /** The setting as the station tells it after it was changed. */
  readonly setting: string
  readonly firmware: string
  readonly firmwareBytes: number
  readonly logBytes: number
  /** Lines of the message log as they were saved. */
  readonly logLines: number
  /** Of these actions, those that stand in the message log. */
  readonly logged: readonly string[]
}

type Look = (name: string) => Promise<void>
const stationId = 'WRN-BORDEAUX-1'
const settingKey = 'HeartbeatInterval'
const wantedLog = [
  'SetChargingProfile',
  'ChangeAvailability',
  'RemoteStartTransaction',
  'RemoteStopTransaction',
  'UnlockConnector',
  'ChangeConfiguration',
  'UpdateFirmware',
  'GetDiagnostics',
] as const

/** Every remote action of the live board, on one simulated station, through the desk: each asks where it must, and is answered by the station. */
export const driveStation = async (page: Page, look: Look): Promise<StationTale> => {
  const firmware = await serveFirmware()
  try {
    await page.getByRole('tab', { name: 'Stations' }).click()
    const row = page.locator(`tr[data-row="${stationId}"]`, { hasText: 'Online' })
    await row.getByRole('button', { name: 'Look and act' }).click()
    const answers = await act(page, look)
    const setting = await configure(page, look)
    const upkeep = await maintain(page, firmware.url, look)
    const log = await readLog(page)
    await page.getByRole('button', { name: 'Actions', exact: true }).click()
    const restarted = await asked(page, 'Restart now', true)
    await page.getByRole('button', { name: 'Close' }).click()
    return {
      answers: { ...answers, 'Restart now': restarted },
      setting,
      ...upkeep,
      firmwareBytes: firmware.taken(),
      ...log,
    }
  } finally {
    await firmware.stop()
  }
}

/** Presses a button of the sheet, answers its question if it has one, and resolves with what the station said. */
const asked = async (page: Page, name: string, asks: boolean): Promise<string> => {
  const answer = page.waitForResponse(
    (response) => response.request().method() === 'POST' && response.url().includes(`/stations/${stationId}/`),
  )
  await page.getByRole('button', { name, exact: true }).first().click()
  if (asks) await page.locator('.wn-dialog--small').getByRole('button', { name, exact: true }).click()
  const { answer: said } = (await (await answer).json()) as { answer?: { status?: string } }
  const status = said?.status ?? 'nothing'
  await page.locator('.wn-note', { hasText: `The station answered: ${status}` }).waitFor()
  return status
}

const act = async (page: Page, look: Look): Promise<Readonly<Record<string, string>>> => {
  const answers: Record<string, string> = {}
  const ask = async (name: string, asks = false): Promise<void> => {
    answers[name] = await asked(page, name, asks)
  }
  const connector = page.locator('fieldset[data-connector]').first()
  await ask('Limit the power')
  await ask('Take out of service', true)
  await connector.locator('legend', { hasText: 'Out of service' }).waitFor()
  await ask('Take into service')
  await connector.locator('legend', { hasText: 'Available' }).waitFor()
  await page.getByLabel('Card or name it is started for').fill(demoCard)
  await ask('Start a charge')
  await connector.getByRole('button', { name: 'Stop the charge' }).waitFor()
  await look('desk-station-charging')
  await ask('Stop the charge', true)
  await connector.getByRole('button', { name: 'Stop the charge' }).waitFor({ state: 'detached' })
  await ask('Unlock the cable', true)
  return answers
}

const configure = async (page: Page, look: Look): Promise<string> => {
  await page.getByRole('button', { name: 'Configuration', exact: true }).click()
  await page.getByRole('button', { name: 'Read it anew' }).click()
  const row = page.locator(`tr[data-row="${settingKey}"]`)
  await row.getByRole('button', { name: 'Edit' }).click()
  await page.getByLabel('Value', { exact: true }).fill('240')
  await page.getByRole('button', { name: 'Change', exact: true }).click()
  await page.locator('.wn-note', { hasText: 'The station answered: Accepted' }).waitFor()
  await row.getByRole('cell', { name: '240', exact: true }).waitFor()
  await look('desk-station-settings')
  return `${settingKey} ${((await row.locator('td').nth(1).textContent()) ?? '').trim()}`
}

const maintain = async (page: Page, url: string, look: Look): Promise<Pick<StationTale, 'firmware' | 'logBytes'>> => {
  await page.getByRole('button', { name: 'Firmware and logs', exact: true }).click()
  await page.getByLabel('Address of the firmware').fill(url)
  await page.getByRole('button', { name: 'Begin the update' }).click()
  await page.getByText('1 done, 0 running, 0 failed').waitFor()
  const firmware = '1 done'
  await page.getByRole('button', { name: 'Ask for its log' }).click()
  const take = page.getByRole('button', { name: 'Take the file' })
  await take.waitFor()
  await look('desk-station-upkeep')
  // The station sends it in its own time.
  const end = Date.now() + 60_000
  for (;;) {
    const download = page.waitForEvent('download', { timeout: 3_000 }).catch(() => undefined)
    await take.click()
    const file = await download
    if (file !== undefined) return { firmware, logBytes: (await readFile(await file.path())).length }
    if (Date.now() > end) throw new Error('The station did not send its log within a minute')
  }
}

const readLog = async (page: Page): Promise<Pick<StationTale, 'logLines' | 'logged'>> => {
  await page.getByRole('button', { name: 'Message log', exact: true }).click()
  await page.locator('.wn-log li').first().waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the log' }).click(),
  ])
  const text = await readFile(await download.path(), 'utf8')
  const lines = text.trim().split('\n')
  return { logLines: lines.length, logged: wantedLog.filter((action) => text.includes(action)) }
}

/** A firmware on a host of its own, as a maker's would be. */
const serveFirmware = async () => {
  const bytes = Buffer.alloc(4_096, 7)
  let taken = 0
  const host = createServer((_, response) => {
    taken += bytes.length
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(bytes)
  })
  await new Promise<void>((done) => host.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(host.address() as AddressInfo).port}/firmware.bin`,
    taken: () => taken,
    stop: () =>
      new Promise<void>((done) => {
        host.closeAllConnections()
        host.close(() => done())
      }),
  }
}
