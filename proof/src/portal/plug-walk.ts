import { createWerenode, privateKeyWallet } from '@werenode/sdk'
import { spawnPlugs } from '@werenode/simulator'
import type { Page } from 'playwright-core'
import { generatePrivateKey } from 'viem/accounts'

export interface PlugTale {
  /** What stood beside the field of a topic that cannot be. */
  readonly refusedBeside: string
  /** The light after the device connected. */
  readonly light: string
  /** From the click on "let it in" to the green light, ms. */
  readonly greenMs: number
  readonly stickerDrawn: boolean
  /** W, as the page of the plug showed it live. */
  readonly livePowerW: number
  /** What stood beside a figure of a profile that the schema refuses. */
  readonly profileRefusedBeside: string
  readonly profilesLeft: number
}

const plugId = 'PROOF-PLUG'
const variables = {
  powerTopic: 'proof/plug/power',
  powerPath: 'power',
  stateTopic: 'proof/plug/state',
  commandTopic: 'proof/plug/set',
  availabilityTopic: 'proof/plug/status',
} as const

/** An operator adds a plug of the generic family, a simulated device connects with what the page said, and its light goes green. */
export const addPlug = async (
  page: Page,
  origin: string,
  placeId: string,
  look: (name: string) => Promise<void>,
): Promise<PlugTale> => {
  await page.getByRole('tab', { name: 'Plugs' }).click()
  const { refusedBeside: profileRefusedBeside, left } = await writeProfile(page, look)
  await page.getByRole('button', { name: 'Add a smart plug' }).click()
  await page.getByLabel('Kind of device').selectOption('generic')
  await page.getByLabel('Id of the plug').fill(plugId)
  await page.getByLabel('Topic with the power').fill('proof/#')
  await page.getByLabel('Path of the power in its JSON').fill(variables.powerPath)
  await page.getByLabel('Topic with on or off').fill(variables.stateTopic)
  await page.getByLabel('Topic that switches it').fill(variables.commandTopic)
  await page.getByLabel('Topic of its last will').fill(variables.availabilityTopic)
  await page.getByRole('button', { name: 'Let it in' }).click()
  const beside = page.locator('.wn-form__field', { has: page.getByLabel('Topic with the power') })
  await beside.locator('.wn-form__error').waitFor()
  const refusedBeside = (await beside.locator('.wn-form__error').textContent()) ?? ''
  await page.getByLabel('Topic with the power').fill(variables.powerTopic)
  await page.getByLabel('Place', { exact: true }).selectOption(placeId)
  await page.getByLabel('EVSE id').fill('FR*WRN*E000778')
  await look('desk-add-plug')
  const letIn = Date.now()
  await page.getByRole('button', { name: 'Let it in' }).click()
  await page.locator('.wn-first').waitFor()
  const setting = async (name: string): Promise<string> =>
    (await page
      .locator('.wn-setup > div', { has: page.locator('dt', { hasText: name }) })
      .locator('code')
      .textContent()) ?? ''
  const plugs = await spawnPlugs(
    [
      {
        id: plugId,
        url: `mqtt://127.0.0.1:${await setting('Port')}`,
        family: 'generic',
        variables,
        username: await setting('User'),
        password: await setting('Password'),
        plugged: true,
        reportS: 1,
      },
    ],
    { tickMs: 200 },
  )
  try {
    const lamp = page.locator('.wn-first')
    await page.locator('.wn-first[data-light="green"]').waitFor()
    const greenMs = Date.now() - letIn
    const light = (await lamp.textContent()) ?? ''
    const stickerDrawn = await page
      .locator('.wn-qr img')
      .evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth > 0)
    await look('desk-plug-green')
    await page.getByRole('button', { name: 'Done' }).click()
    const row = page.locator(`tr[data-row="${plugId}"]`)
    await row.waitFor()
    await row.getByRole('button', { name: 'Power and history' }).click()
    await page.locator('[data-live-power]').waitFor()
    await page.locator('.wn-chart').waitFor()
    const endCharge = await chargeAt('FR*WRN*E000778', origin)
    await page.waitForFunction(
      () =>
        Number(
          (
            globalThis as unknown as {
              document: { querySelector(selector: string): { getAttribute(name: string): string | null } | null }
            }
          ).document
            .querySelector('[data-live-power]')
            ?.getAttribute('data-live-power') ?? 0,
        ) > 100,
    )
    const livePowerW = Number(await page.locator('[data-live-power]').getAttribute('data-live-power'))
    await look('desk-plug-history')
    await endCharge()
    await page.getByRole('button', { name: 'Close' }).click()
    return { refusedBeside, light, greenMs, stickerDrawn, livePowerW, profileRefusedBeside, profilesLeft: left }
  } finally {
    await plugs.stop()
  }
}

/** A driver pays for a charge there, so that power flows; the answer ends it. */
const chargeAt = async (evseId: string, origin: string): Promise<() => Promise<void>> => {
  const driver = createWerenode({ baseUrl: origin, wallet: privateKeyWallet(generatePrivateKey()) })
  await driver.faucet(20_000_000n)
  await patiently(async () => (await driver.credit()).creditMicro >= 10_000_000n)
  await patiently(async () => (await driver.locations.evse(evseId)).evse.status === 'AVAILABLE')
  const { id } = await driver.open(await driver.quote({ evseId, maxAmountMicro: 10_000_000n }))
  await driver.until(id, ['charging'])
  return async () => {
    await driver.stop(id)
  }
}

const patiently = async (holds: () => Promise<boolean>): Promise<void> => {
  const end = Date.now() + 60_000
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('The plug did not come to be ready for a charge within a minute')
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}

/** A device profile of one's own: refused beside its field, kept, changed, removed. */
const writeProfile = async (
  page: Page,
  look: (name: string) => Promise<void>,
): Promise<{ readonly refusedBeside: string; readonly left: number }> => {
  await page.getByRole('button', { name: 'Own device profiles' }).click()
  await page.getByRole('button', { name: 'New device profile' }).click()
  await page.getByLabel('Short name of the family').fill('proof-meter')
  await page.getByLabel('Title').fill('Proof meter')
  const wraps = page.getByLabel('The counter begins again at, Wh')
  await wraps.fill('-5')
  await page.getByRole('button', { name: 'Save' }).click()
  const beside = page.locator('.wn-form__field', { has: wraps }).locator('.wn-form__error')
  await beside.waitFor()
  const refusedBeside = (await beside.textContent()) ?? ''
  await look('desk-profile')
  await wraps.fill('10000000')
  await page.getByRole('button', { name: 'Save' }).click()
  const row = page.locator('tr[data-row="proof-meter"]')
  await row.waitFor()
  await row.getByRole('button', { name: 'Edit' }).click()
  await page.getByLabel('Title').fill('Proof meter, second edition')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.locator('tr[data-row="proof-meter"]', { hasText: 'second edition' }).waitFor()
  await row.getByRole('button', { name: 'Remove' }).click()
  await page.locator('.wn-dialog--small').getByRole('button', { name: 'Remove' }).click()
  await row.waitFor({ state: 'detached' })
  const left = await page.locator('dialog tr[data-row]').count()
  await page.getByRole('button', { name: 'Close' }).click()
  return { refusedBeside, left }
}
