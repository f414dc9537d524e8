import type { Page } from 'playwright-core'
import { type Look, pin } from './walks.ts'

const open = async (page: Page): Promise<void> => {
  await page.getByTestId('unlock').waitFor()
  await page.getByLabel('Your PIN').fill(pin)
  await page.getByRole('button', { name: 'Unlock' }).click()
}

/** Money back out of the credit: how much, to whom, once more in words, and then it is there. */
export const withdraw = async (
  page: Page,
  origin: string,
  to: string,
  look: Look,
): Promise<{ readonly words: string; readonly done: string }> => {
  await page.goto(`${origin}/mobile/wallet/withdraw`)
  await page.getByText(/of your credit/).waitFor()
  await page.getByTestId('withdraw-amount').fill('12,50')
  await page.getByTestId('withdraw-to').fill(to)
  const words = ((await page.getByTestId('withdraw-words').textContent()) ?? '').trim()
  await look(page, 'withdraw')
  await page.getByTestId('withdraw').click()
  // The page was loaded anew, so the wallet is closed.
  await open(page)
  await page.getByTestId('withdrawal-paid').waitFor()
  await look(page, 'withdrawn')
  return { words, done: ((await page.getByTestId('withdrawal-paid').innerText()) ?? '').split('\n')[0]!.trim() }
}

/** What a wallet holds of the network's euro, micro-euro, asked of the chain itself. */
export const tokensOf = async (origin: string, rpcUrl: string, account: string): Promise<bigint> => {
  const { token } = (await (await fetch(`${origin}/v1/network`)).json()) as { token: string }
  const data = `0x70a08231${account.slice(2).padStart(64, '0')}`
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_call', params: [{ to: token, data }, 'latest'] })
  const answer = await fetch(rpcUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  return BigInt(((await answer.json()) as { result: string }).result)
}

/** Two charges at once, seen side by side and stopped one after the other. Returns how many ran together. */
export const chargeTwice = async (
  page: Page,
  origin: string,
  evseIds: readonly string[],
  look: Look,
): Promise<{ readonly together: number; readonly settled: number }> => {
  await page.goto(`${origin}/mobile/wallet/add`)
  await page.getByTestId('faucet').click()
  await page.getByTestId('added').waitFor()
  for (const evseId of evseIds) {
    await page.goto(`${origin}/mobile/plug/${encodeURIComponent(evseId)}`)
    await page.getByTestId('slide').waitFor()
    const track = (await page.getByTestId('slide').boundingBox())!
    const y = track.y + track.height / 2
    await page.mouse.move(track.x + 30, y)
    await page.mouse.down()
    for (let step = 1; step <= 8; step += 1) await page.mouse.move(track.x + 30 + ((track.width - 40) * step) / 8, y)
    await page.mouse.up()
    await open(page)
    await page.getByTestId('state-charging').waitFor()
  }
  await page.goto(`${origin}/mobile/charges`)
  const running = page.locator('[data-testid^="running-"]')
  await running.nth(evseIds.length - 1).waitFor()
  const together = await running.count()
  await look(page, 'charges-running')
  let settled = 0
  for (; settled < evseIds.length; settled += 1) {
    await page.goto(`${origin}/mobile/charges`)
    await running.first().click()
    await page.getByTestId('stop').click()
    await page.getByTestId('stop-confirm').click()
    await page.getByTestId('receipt-settled').waitFor()
  }
  return { together, settled }
}
