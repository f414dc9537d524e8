import { readFileSync } from 'node:fs'
import type { Download, Page } from 'playwright-core'
import type { Phone } from './phone.ts'

export const pin = '246810'

export type Look = (page: Page, name: string) => Promise<void>

/** How long until somebody sees the app, and until they see the map. */
export const startApp = async (
  page: Page,
  origin: string,
): Promise<{ readonly shownMs: number; readonly mapMs: number }> => {
  const beganAt = performance.now()
  await page.goto(`${origin}/mobile/`)
  await page.getByTestId('scan').waitFor()
  const shownMs = Math.round(performance.now() - beganAt)
  await page.locator('[data-ready="true"]').waitFor()
  return { shownMs, mapMs: Math.round(performance.now() - beganAt) }
}

/** Time between two pictures while the map is dragged: the middle one of all, ms. */
export const mapFrames = async (page: Page): Promise<number> => {
  await page.evaluate(`(() => {
    const times = (window.wnFrames = []);
    let last = performance.now();
    window.wnOn = true;
    const step = (now) => { times.push(now - last); last = now; if (window.wnOn) requestAnimationFrame(step) };
    requestAnimationFrame(step);
  })()`)
  await page.mouse.move(200, 500)
  await page.mouse.down()
  for (let step = 1; step <= 20; step += 1) await page.mouse.move(200 - step * 6, 500 - step * 8)
  await page.mouse.up()
  const times = (await page.evaluate('(window.wnOn = false, window.wnFrames)')) as readonly number[]
  return Math.round([...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0)
}

/** Searches, filters and opens a place. Returns how many places the list shows. */
export const find = async (page: Page, look: Look): Promise<number> => {
  await page.getByRole('switch', { name: 'Payable with Werenode' }).click()
  await page.getByTestId('list-or-map').click()
  await page.getByTestId('place-WRN-NANTES').waitFor()
  await page.getByRole('radio', { name: 'Price of my charge' }).click()
  const places = await page.locator('[data-testid^="place-"]').count()
  await look(page, 'list')
  await page.getByTestId('place-WRN-NANTES').click()
  await page.getByTestId('plug-FR*WRN*E000001').waitFor()
  await look(page, 'place')
  await page.goBack()
  await page.getByTestId('list-or-map').waitFor()
  return places
}

/** By the number at the plug to its page, and a wallet in one tap. */
export const firstRun = async (page: Page, evseId: string, look: Look): Promise<void> => {
  await page.getByTestId('scan').click()
  await page.getByLabel('Number at the plug').fill(evseId.replaceAll('*', ''))
  await look(page, 'scan')
  await page.getByRole('button', { name: 'Go to the plug' }).click()
  await page.getByTestId('price').waitFor()
  await look(page, 'plug-new')
  await page.getByTestId('to-wallet').click()
  await page.getByLabel('Choose a PIN').fill(pin)
  await look(page, 'wallet-create')
  await page.getByTestId('create-wallet').click()
}

/** There is no credit yet: it is said in words, and test euros are one tap away. */
export const runShort = async (page: Page, look: Look): Promise<string> => {
  await page.getByTestId('not-enough').waitFor()
  const words = ((await page.getByTestId('not-enough').textContent()) ?? '').trim()
  await look(page, 'not-enough')
  await page.getByTestId('add-money').click()
  await page.getByTestId('faucet').click()
  await page.getByTestId('added').waitFor()
  await look(page, 'added')
  await page.getByTestId('added-ok').click()
  return words
}

/** Slides as a thumb does. */
export const slide = async (page: Page): Promise<void> => {
  const track = page.getByTestId('slide')
  await track.waitFor()
  const box = (await track.boundingBox())!
  const y = box.y + box.height / 2
  await page.mouse.move(box.x + 30, y)
  await page.mouse.down()
  for (let step = 1; step <= 8; step += 1) await page.mouse.move(box.x + 30 + ((box.width - 40) * step) / 8, y)
  await page.mouse.up()
}

export const agree = async (page: Page, look: Look, name = 'agreement'): Promise<string> => {
  await page.getByTestId('slide').waitFor()
  // A plug that changed its credit shows the quote again.
  const words = ((await page.getByTestId('agreement').textContent()) ?? '').trim()
  await look(page, name)
  await slide(page)
  return words
}

/** The PIN, where the wallet was closed. */
export const unlock = async (page: Page, look: Look): Promise<void> => {
  await page.getByTestId('unlock').waitFor()
  await page.getByLabel('Your PIN').fill('000000')
  await page.getByRole('button', { name: 'Unlock' }).click()
  await page.getByText('That is not the PIN of this wallet.').waitFor()
  await look(page, 'unlock')
  await page.getByLabel('Your PIN').fill(pin)
  await page.getByRole('button', { name: 'Unlock' }).click()
}

export interface ChargeTale {
  readonly recovered: boolean
  readonly topUp: string
  readonly stopWaited: boolean
  readonly paid: string
  readonly returned: string
  readonly proof: string
  readonly pdf: string
}

/** Presses for the receipt, and once more where a busy house did not answer in time. */
const downloaded = async (page: Page, presses = 3): Promise<Download> => {
  const waiting = page.waitForEvent('download', { timeout: 45_000 })
  waiting.catch(() => undefined)
  await page.getByTestId('pdf').click()
  return waiting.catch((error: unknown) => {
    if (presses === 1) throw error
    return downloaded(page, presses - 1)
  })
}

/** From power to receipt; the app is killed on the way, and the network goes away while it is stopped. */
export const chargeThrough = async (phone: Phone, look: Look): Promise<ChargeTale> => {
  let page = phone.page()
  await page.getByTestId('state-charging').waitFor()
  // Something flowed: the cost is no longer nothing. A function, because the page's policy lets no text be run.
  await page.waitForFunction(() => {
    const { document } = globalThis as unknown as {
      document: { querySelector(selector: string): { textContent: string } | null }
    }
    const cost = document.querySelector('[data-testid="cost"]')
    return cost !== null && !/^€0\.00$/.test(cost.textContent.trim())
  })
  await look(page, 'charging')

  page = await phone.kill('charges')
  await page.locator('[data-testid^="running-"]').first().click()
  await page.getByTestId('state-charging').waitFor()
  const recovered = await page.getByTestId('cost').isVisible()
  await page.getByRole('button', { name: /^Raise by/ }).click()
  await unlock(page, look)
  await page.getByText(/^The limit is now/).waitFor()
  const topUp = ((await page.getByText(/^The limit is now/).textContent()) ?? '').trim()

  await phone.context.setOffline(true)
  await page.getByTestId('offline').waitFor()
  await page.getByTestId('stop').click()
  await look(page, 'offline-charging')
  await page.getByTestId('stop-confirm').click()
  await page.getByTestId('stop-waits').waitFor()
  const stopWaited = true
  await look(page, 'stop-waits')
  await phone.context.setOffline(false)

  await page.getByTestId('receipt-settled').waitFor()
  await page.locator('[data-testid="proof-holds"],[data-testid="proof-open"],[data-testid="proof-broken"]').waitFor()
  const told = await page.locator('[data-testid^="proof-"]').getAttribute('data-testid')
  await look(page, 'receipt')
  const download = await downloaded(page)
  const pdf = readFileSync(await download.path())
    .subarray(0, 5)
    .toString()
  return {
    recovered,
    topUp,
    stopWaited,
    paid: ((await page.getByTestId('paid').textContent()) ?? '').trim(),
    returned: ((await page.getByTestId('returned').textContent()) ?? '').trim(),
    proof: (told ?? '').replace('proof-', ''),
    pdf,
  }
}

/** The station declines; nothing is paid and everything comes back. */
export const chargeInVain = async (
  page: Page,
  origin: string,
  evseId: string,
  look: Look,
): Promise<{ why: string; returned: string }> => {
  await page.goto(`${origin}/mobile/plug/${encodeURIComponent(evseId)}`)
  // The station has only just connected; the page follows its status.
  await page.getByTestId('status').filter({ hasText: 'Available' }).waitFor()
  await page.getByTestId('slide').waitFor()
  await slide(page)
  // The page was loaded anew, so the wallet is closed.
  await page.getByTestId('unlock').waitFor()
  await page.getByLabel('Your PIN').fill(pin)
  await page.getByRole('button', { name: 'Unlock' }).click()
  await page.getByTestId('failed').waitFor()
  await page.getByTestId('receipt-cancelled').waitFor()
  await look(page, 'rejected')
  return {
    why: ((await page.getByTestId('failed').textContent()) ?? '').trim(),
    returned: ((await page.getByTestId('returned').textContent()) ?? '').trim(),
  }
}
