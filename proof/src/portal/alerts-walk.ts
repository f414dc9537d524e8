import type { Page } from 'playwright-core'
import { WebSocket } from 'ws'
import { exportedRows } from './exported.ts'

export interface AlertsTale {
  /** The light after the station called for the first time. */
  readonly firstContact: string
  readonly offline: string
  /** Alerts of the station once it is back. */
  readonly leftWhenBack: number
  readonly exported: number
  readonly shown: number
}

const stationId = 'PROOF-STATION'

/** An operator connects a station by the address and password the desk shows; it falls silent, which is told among the alerts, and comes back. */
export const watchAlerts = async (page: Page, look: (name: string) => Promise<void>): Promise<AlertsTale> => {
  await page.getByRole('tab', { name: 'Stations' }).click()
  await page.getByRole('button', { name: 'Connect a station' }).click()
  await page.getByLabel('Station id').fill(stationId)
  await page.getByRole('button', { name: 'Let it in' }).click()
  await page.locator('.wn-first[data-light="waiting"]').waitFor()
  const setting = (name: string): Promise<string> =>
    page
      .locator('.wn-setup > div', { has: page.locator('dt', { hasText: name }) })
      .locator('code')
      .innerText()
  const [address, user, password] = [await setting('Address'), await setting('User'), await setting('Password')]
  // As stations do: their identity at the end of the address (OCPP-J 1.6 §3.1.1).
  const url = `${address}${user}`
  let station = await callIn(url, user, password)
  try {
    await page.locator('.wn-first[data-light="green"]').waitFor()
    const firstContact = (await page.locator('.wn-first').innerText()).trim()
    await look('desk-station-setup')
    await page.getByRole('button', { name: 'Done' }).click()
    await hangUp(station)
    const row = page.locator(`tr[data-row="offline ${stationId}"]`)
    /** The list is read when it is opened. */
    const alerts = async (): Promise<void> => {
      await page.getByRole('tab', { name: 'Stations' }).click()
      await page.getByRole('tab', { name: 'Alerts' }).click()
      await page.getByRole('region', { name: 'Alerts' }).waitFor()
    }
    for (const until = Date.now() + 60_000; ; ) {
      await alerts()
      if (await appeared(() => row.waitFor({ timeout: 3_000 }))) break
      if (Date.now() > until) throw new Error('The silent station was not told among the alerts within a minute')
    }
    const offline = (await row.locator('td').allInnerTexts()).slice(1, 3).join(': ')
    const [exported, shown] = [await exportedRows(page), await page.locator('tr[data-row]').count()]
    await look('desk-alerts-station')
    station = await callIn(url, user, password)
    for (const until = Date.now() + 60_000; ; ) {
      await alerts()
      await page.getByText('Loading', { exact: true }).first().waitFor({ state: 'hidden' })
      if (await appeared(() => row.waitFor({ state: 'detached', timeout: 3_000 }))) break
      if (Date.now() > until) throw new Error('The alert of the station stood a minute after it was back')
    }
    return { firstContact, offline, leftWhenBack: await row.count(), exported, shown }
  } finally {
    station.terminate()
  }
}

const appeared = (waited: () => Promise<void>): Promise<boolean> =>
  waited().then(
    () => true,
    () => false,
  )

/** Boots as an OCPP 1.6 station would. */
const callIn = async (url: string, user: string, password: string): Promise<WebSocket> => {
  const socket = new WebSocket(url, 'ocpp1.6', {
    headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
  })
  await new Promise<void>((done, failed) => {
    socket.once('open', () => done())
    socket.once('error', failed)
  })
  const answer = new Promise<void>((done) => socket.once('message', () => done()))
  const boot = { chargePointVendor: 'Proof', chargePointModel: 'Desk' }
  socket.send(JSON.stringify([2, 'boot', 'BootNotification', boot]))
  await answer
  return socket
}

const hangUp = (socket: WebSocket): Promise<void> =>
  new Promise((done) => {
    socket.once('close', () => done())
    socket.close()
  })
