import type { Page } from 'playwright-core'
import { choosePort } from '../../../apps/cli/src/node/ports.ts'
import { openPartnerWithServices } from '../../../services/ocpi/proof/partner-with-services.ts'
import { openDurableHouse } from '../durable-house.ts'
import { exportedRows } from './exported.ts'

export interface PartnersTale {
  /** What was said of a token that the partner never gave. */
  readonly refused: string
  readonly state: string
  readonly version: string
  readonly tested: string
  readonly sentAgain: string
  readonly paused: string
  readonly wentOn: string
  /** Its test while it is away: the steps that failed. */
  readonly stepsFailedWhileAway: number
  readonly invitation: string
  readonly exported: number
  readonly shown: number
  /** Of the partner's row, after its removal was asked for and agreed to. */
  readonly left: number
}

const name = 'Autobahn Charge'

/** An operator registers with another OCPI platform over HTTP, tests, sends again, pauses, goes on, invites, exports and ends, all at the desk. */
export const roamWithPartner = async (page: Page, look: (name: string) => Promise<void>): Promise<PartnersTale> => {
  const house = await openDurableHouse()
  const partner = await openPartnerWithServices(house, await choosePort(0, '127.0.0.1'))
  let away = false
  try {
    const { url, token } = await partner.invite('Werenode demo')
    await page.getByRole('tab', { name: 'Roaming' }).click()
    const dialog = page.locator('dialog')
    const register = async (withToken: string): Promise<void> => {
      await dialog.getByLabel('Name').fill(name)
      await dialog.getByLabel('Its versions URL').fill(url)
      await dialog.getByLabel('The registration token it gave').fill(withToken)
      await dialog.getByRole('button', { name: 'Register with a partner' }).click()
    }
    await page.getByRole('button', { name: 'Register with a partner' }).click()
    await register('never-given')
    const refusal = dialog.locator('[role="alert"]')
    await refusal.waitFor()
    const refused = await refusal.innerText()
    await look('desk-partner-refused')
    await register(token)
    await dialog.waitFor({ state: 'detached' })

    const row = page.locator('tr[data-row]', { hasText: name })
    const cell = async (nr: number): Promise<string> => (await row.locator('td').nth(nr).innerText()).trim()
    await row.filter({ hasText: 'Registered' }).waitFor()
    const [state, version] = [await cell(1), await cell(2)]
    await row.getByRole('button', { name: 'Test the connection' }).click()
    await dialog.locator('li').first().waitFor()
    const tested = await dialog.locator('p').first().innerText()
    await look('desk-partner-tested')
    await dialog.getByRole('button', { name: 'Close' }).click()
    await row.getByRole('button', { name: 'Send again' }).click()
    const note = page.locator('.wn-note[role="status"]')
    await note.waitFor()
    const sentAgain = await note.innerText()
    await row.getByRole('button', { name: 'Pause' }).click()
    await row.filter({ hasText: 'Paused' }).waitFor()
    const paused = await cell(1)
    await row.getByRole('button', { name: 'Go on' }).click()
    await row.filter({ hasText: 'Registered' }).waitFor()
    const wentOn = await cell(1)
    const [exported, shown] = [await exportedRows(page), await page.locator('tr[data-row]').count()]
    await look('desk-partner')

    await page.getByRole('button', { name: 'Invite a partner' }).click()
    await dialog.getByLabel('Name').fill('Invited partner')
    await dialog.getByRole('button', { name: 'Invite a partner' }).click()
    await dialog.locator('.wn-copy').first().waitFor()
    const invitation = (await dialog.locator('.wn-copy code').allInnerTexts()).join(' ')
    await look('desk-partner-invited')
    await dialog.getByRole('button', { name: 'Done' }).click()

    await partner.stop()
    away = true
    await row.getByRole('button', { name: 'Test the connection' }).click()
    await dialog.locator('li').first().waitFor()
    const stepsFailedWhileAway = await dialog.locator('li').count()
    const saidWell = await dialog.getByText('All is well.').count()
    await dialog.getByRole('button', { name: 'Close' }).click()
    await row.getByRole('button', { name: 'Remove' }).click()
    await page.locator('.wn-dialog--small').getByRole('button', { name: 'Remove' }).click()
    await row.filter({ hasNotText: 'Ended' }).waitFor({ state: 'detached' })
    return {
      ...{ refused, state, version, tested, sentAgain, paused, wentOn, invitation, exported, shown },
      stepsFailedWhileAway: saidWell === 0 ? stepsFailedWhileAway : 0,
      left: await row.filter({ hasNotText: 'Ended' }).count(),
    }
  } finally {
    if (!away) await partner.stop()
    await house.close()
  }
}
