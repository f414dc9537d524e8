import { isWerenodeError, type Party } from '@werenode/core'
import { createWerenode, privateKeyWallet } from '@werenode/sdk'
import type { Page } from 'playwright-core'
import { generatePrivateKey } from 'viem/accounts'
import { exportedRows } from './exported.ts'

export interface TeamTale {
  /** What the form said without a single right. */
  readonly withoutRight: string
  readonly rights: string
  /** What the new member's own requests came to: seeing stations, and writing a tariff before and after that right was given. */
  readonly sees: string
  readonly writesBefore: string
  readonly writesAfter: string
  readonly afterRemoval: string
  readonly exported: number
  readonly shown: number
  /** Rows of the log that tell of members. */
  readonly logged: number
}

/** An operator takes a member into the team, changes their rights and takes them out; each time the member's very next request shows it. */
export const manageTeam = async (
  page: Page,
  origin: string,
  party: Party,
  look: (name: string) => Promise<void>,
): Promise<TeamTale> => {
  const wallet = privateKeyWallet(generatePrivateKey())
  const address = wallet.address.toLowerCase()
  const member = createWerenode({ baseUrl: origin, wallet })
  const outcome = async (asked: Promise<unknown>): Promise<string> =>
    asked.then(
      () => 'done',
      (problem: unknown) => (isWerenodeError(problem) ? problem.code : String(problem)),
    )
  const see = (): Promise<string> => outcome(member.api.listStations({ params: { party } }))
  const write = (): Promise<string> =>
    outcome(
      member.api.putTariff({
        params: { party, tariffId: 'BY-MEMBER' },
        body: {
          currency: 'EUR',
          elements: [{ price_components: [{ type: 'ENERGY', price: 0.5, vat: 20, step_size: 1 }] }],
        },
      } as never),
    )

  await page.getByRole('tab', { name: 'Team' }).click()
  const row = page.locator(`tr[data-row="${address}"]`)
  const dialog = page.locator('dialog')
  await page.getByRole('button', { name: 'Add a member' }).click()
  await dialog.getByLabel('Wallet address').fill(wallet.address)
  await dialog.getByLabel('See stations and plugs').uncheck()
  await dialog.getByRole('button', { name: 'Save' }).click()
  const alert = dialog.locator('[role="alert"]')
  await alert.waitFor()
  const withoutRight = await alert.innerText()
  await look('desk-team-add')
  await dialog.getByLabel('See stations and plugs').check()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await row.waitFor()
  await member.signIn()
  await member.api.actForParty({ body: { party } })
  const [sees, writesBefore] = [await see(), await write()]

  await row.getByRole('button', { name: 'Change the rights' }).click()
  await dialog.getByLabel('Places and tariffs').check()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await row.filter({ hasText: 'Places and tariffs' }).waitFor()
  const rights = await row.locator('td').nth(1).innerText()
  const writesAfter = await write()
  const team = page.getByRole('region', { name: 'Team and rights' })
  const [exported, shown] = [await exportedRows(page), await team.locator('tr[data-row]').count()]
  await look('desk-team-member')

  await row.getByRole('button', { name: 'Remove' }).click()
  await page.locator('.wn-dialog--small').getByRole('button', { name: 'Remove' }).click()
  await row.waitFor({ state: 'detached' })
  const afterRemoval = await see()
  const logged = await page
    .getByRole('region', { name: 'Who did what' })
    .locator('tr[data-row]', { hasText: new RegExp(address, 'i') })
    .count()
  return { withoutRight, rights, sees, writesBefore, writesAfter, afterRemoval, exported, shown, logged }
}
