import type { Page } from 'playwright-core'
import type { Sums } from './year.ts'

/** Through the node's own sign-in page with the wallet of this browser, and back. */
export const signIn = async (page: Page, origin: string): Promise<void> => {
  await page.goto(`${origin}/member/`)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Use a wallet' }).click()
  await page.locator('[data-sum]').waitFor()
}

/** The first reading of a long history, also on a busy machine. */
const readWithinMs = 600_000

/** Waits until every charge is on the device. */
export const wholeHistory = async (page: Page, count: number): Promise<void> => {
  const text = new Intl.NumberFormat('en').format(count)
  await page.locator('[data-sum]', { hasText: `${text} charges` }).waitFor({ timeout: readWithinMs })
}

/** To the end of the list and back: how many rows existed at most, and whether the oldest charge was the last one shown. */
export const scrollThrough = async (page: Page, oldest: string): Promise<{ rows: number; reached: boolean }> => {
  let rows = 0
  const count = async (): Promise<void> => {
    rows = Math.max(rows, await page.locator('wn-rows [role=listitem]').count())
  }
  await count()
  for (const part of [0.25, 0.5, 0.75]) {
    await page.evaluate(`scrollTo(0, document.documentElement.scrollHeight * ${part})`)
    await page.waitForTimeout(50)
    await count()
  }
  await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)')
  const last = page.locator(`[data-charge="${oldest}"]`)
  await last.waitFor()
  await count()
  const reached = await last.isVisible()
  await page.evaluate('scrollTo(0, 0)')
  return { rows, reached }
}

/** Every figure of the charts that differs from plain SQL, in words. */
export const differencesOf = async (page: Page, sums: Sums): Promise<{ looked: number; differ: readonly string[] }> => {
  await page.locator('select[name=span]').selectOption('all')
  await page.locator(`[data-total="count"][data-value="${sums.count}"]`).waitFor()
  const total = (name: string) => page.locator(`[data-total="${name}"]`).getAttribute('data-value')
  const differ: string[] = []
  let looked = 0
  const compare = (what: string, shown: string | null | undefined, expected: string): void => {
    looked += 1
    if (shown !== expected) differ.push(`${what}: shown ${shown}, by SQL ${expected}`)
  }
  compare('energy', await total('energy'), String(sums.energyWh))
  compare('cost', await total('cost'), String(sums.costMicro))
  const chart = async (name: string): Promise<ReadonlyMap<string, string>> =>
    new Map(
      (await page.evaluate(
        `[...document.querySelectorAll('[data-chart="${name}"] td[data-key]')].map((cell) => [cell.dataset.key, cell.dataset.value])`,
      )) as [string, string][],
    )
  const whole = async (name: string, expected: ReadonlyMap<string, number>): Promise<void> => {
    const shown = await chart(name)
    for (const [key, figure] of expected) compare(`${name} ${key}`, shown.get(key), String(figure))
    for (const [key, value] of shown) if (!expected.has(key)) compare(`${name} ${key}`, value, '0')
  }
  await whole('cost-by-month', sums.costByMonth)
  await whole('energy-by-month', sums.energyByMonth)
  await whole('count-by-hour', sums.countByHour)
  await whole('count-by-weekday', sums.countByWeekday)
  const price = await chart('price-by-month')
  for (const [month, energyWh] of sums.energyByMonth) {
    const micro = BigInt(sums.costByMonth.get(month)!)
    const expected = (micro * 1000n + BigInt(energyWh) / 2n) / BigInt(energyWh)
    compare(`price-by-month ${month}`, price.get(month), String(expected))
  }
  const carbon = await chart('carbon-by-month')
  for (const [month, energyWh] of sums.energyByMonth)
    compare(`carbon ${month}`, Number(carbon.get(month)).toFixed(3), (energyWh * 0.000052).toFixed(3))
  for (const [name, expected] of [
    ['cost-by-place', sums.costByPlace],
    ['cost-by-operator', sums.costByOperator],
  ] as const) {
    const shown = await chart(name)
    const named = [...shown].filter(([key]) => key !== 'rest')
    for (const [key, value] of named) compare(`${name} ${key}`, value, String(expected.get(key)))
    const sum = [...shown.values()].reduce((all, value) => all + BigInt(value), 0n)
    compare(`${name} in all`, String(sum), String(sums.costMicro))
  }
  return { looked, differ }
}

/** Writes through the app: a vehicle and the charge it took, a card, French, the dark theme. What it then shows, in words. */
export const furnish = async (
  page: Page,
  origin: string,
  sessionPath: string,
): Promise<Readonly<Record<string, boolean>>> => {
  await page.goto(`${origin}/member/account/vehicles`)
  await page.getByLabel('Name', { exact: true }).fill('Zoe')
  await page.getByLabel('Battery, kWh').fill('52')
  await page.getByRole('button', { name: 'Save' }).click()
  const vehicle = page.locator('.things', { hasText: 'Zoe' })
  await vehicle.waitFor()
  await page.getByLabel('Name', { exact: true }).fill('Kona')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.locator('.things', { hasText: 'Kona' }).waitFor()
  await page.goto(`${origin}${sessionPath}`)
  const kept = page.waitForResponse((answer) => answer.url().includes('/account/vehicle-choices/'))
  await page.locator('#vehicle').selectOption({ label: 'Kona' })
  await kept
  // What every other device of the member reads.
  const told = page.waitForResponse((answer) => answer.url().includes('/account/vehicle-choices?'))
  await page.reload()
  const { items } = (await (await told).json()) as { items: readonly unknown[] }
  await page.goto(`${origin}/member/account/cards`)
  await page.getByLabel('Number on the card (hexadecimal)').fill('04 A2 B3 C4 D5 E6 F7')
  await page.getByLabel('Name', { exact: true }).fill('Blue card')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  const card = page.locator('.things', { hasText: 'Blue card' })
  await card.waitFor()
  const signs = (await card.textContent()) ?? ''
  await page.goto(`${origin}/member/account/settings`)
  await page.getByRole('radio', { name: 'Dark' }).check()
  const dark = (await page.evaluate('document.documentElement.dataset.theme')) === 'dark'
  await page.getByRole('radio', { name: 'As on the device' }).check()
  await page.getByRole('radio', { name: 'Français' }).check()
  await page.getByRole('heading', { name: 'Compte' }).waitFor()
  const french = (await page.evaluate('document.documentElement.lang')) === 'fr'
  await page.getByRole('radio', { name: 'English' }).check()
  await page.getByRole('heading', { name: 'Account' }).waitFor()
  return {
    vehicle: items.length === 1,
    cardShowsItsEndAlone: /E6F7|F7/.test(signs) && !signs.includes('04A2B3'),
    dark,
    french,
  }
}
