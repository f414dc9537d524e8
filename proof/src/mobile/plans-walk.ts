import type { Page } from 'playwright-core'
import { allow, putAway, toldFree } from './notice-walk.ts'
import type { Phone } from './phone.ts'
import type { Look } from './walks.ts'

/** A place of one plug, whose station the proof has in hand. */
const place = 'WRN-BY-HAND'

/** What a driver set before a charge: on the way there, waiting for a plug, with a card, and what is told how. */
export interface Plans {
  /** The address that the navigation was handed. */
  readonly directions: string
  /** What the browser showed when the plug was free. */
  readonly told: string
  readonly card: string
  readonly cardsLeft: number
  /** Whether mails about a full car were wished before and after, as the node keeps it. */
  readonly mails: string
}

/** What leaves the page is noted instead: navigation is another program. */
const spy = 'window.open = (address) => { window.wnOpened = String(address); return null }'

/** Waits for a plug that is out of order: the app tells when it is free, to who does not look at it. */
const waitForPlug = async (phone: Phone, origin: string, fault: (on: boolean) => Promise<unknown>, look: Look) => {
  const page = phone.page()
  await fault(true)
  await page.goto(`${origin}/mobile/`)
  await page.getByRole('switch', { name: 'Payable with Werenode' }).click()
  await page.getByTestId('list-or-map').click()
  await page.getByTestId(`place-${place}`).click()
  await page.getByRole('button', { name: 'Directions' }).click()
  const directions = String(await page.evaluate('window.wnOpened'))
  await page.getByTestId('tell-when-free').click()
  await page.getByText('We will tell you when a plug is free').waitFor()
  await look(page, 'waits-for-a-plug')
  await allow(phone, origin)
  await putAway(page)
  await fault(false)
  return { directions, told: await toldFree(page) }
}

const addCard = async (page: Page, origin: string, look: Look) => {
  await page.goto(`${origin}/mobile/account/cards`)
  await page.getByLabel('Number of the card').fill('04A1B2C3D4E5F6')
  await page.getByLabel('What you call it').fill('Key ring')
  await page.getByRole('button', { name: 'Add a card' }).click()
  await page.getByRole('button', { name: 'Remove Key ring' }).waitFor()
  await look(page, 'card')
  const shown = page.getByText(/^ends in /)
  const card = ((await shown.first().textContent()) ?? '').trim()
  await page.getByRole('button', { name: 'Remove Key ring' }).click()
  await page.getByRole('button', { name: 'Remove Key ring' }).waitFor({ state: 'detached' })
  return { card, cardsLeft: await shown.count() }
}

const chooseMails = async (page: Page, origin: string): Promise<string> => {
  const chip = page.getByRole('switch', { name: 'The car is full' }).nth(1)
  const open = async (): Promise<string> => {
    await page.goto(`${origin}/mobile/account/notices`)
    return (await chip.getAttribute('aria-checked')) ?? ''
  }
  const before = await open()
  await chip.click()
  await chip.and(page.locator(`[aria-checked="${before !== 'true'}"]`)).waitFor()
  return `${before}, then ${await open()}`
}

export const makePlans = async (
  phone: Phone,
  origin: string,
  fault: (on: boolean) => Promise<unknown>,
  look: Look,
): Promise<Plans> => {
  const page = phone.page()
  await page.addInitScript(spy)
  return {
    ...(await waitForPlug(phone, origin, fault, look)),
    ...(await addCard(page, origin, look)),
    mails: await chooseMails(page, origin),
  }
}
