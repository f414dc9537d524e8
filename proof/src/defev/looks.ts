import type { BrowserContext } from 'playwright-core'
import { type Eye, reader } from './screen.ts'

const pages = ['', 'plug', 'sessions', 'account', 'operator', 'contracts'] as const

/** Every page as it is without a wallet: phone and desk, light and dark, English and French. */
export const looks = async (deps: {
  readonly appUrl: string
  readonly newContext: (options: object) => Promise<BrowserContext>
  readonly eye: Eye
}): Promise<number> => {
  let seen = 0
  for (const [size, viewport] of [
    ['desk', { width: 1280, height: 860 }],
    ['phone', { width: 390, height: 844 }],
  ] as const)
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await deps.newContext({ viewport, colorScheme })
      const page = await context.newPage()
      await page.goto(deps.appUrl)
      await page.locator('[data-evse] .mark--free').first().waitFor({ timeout: 60_000 })
      const plug = await page.locator('[data-evse]').first().getAttribute('href')
      for (const name of pages) {
        await page.goto(`${deps.appUrl}${name === 'plug' ? plug : `#/${name}`}`)
        await page.locator('h1').first().waitFor()
        if (name === '') await page.locator('.map[data-ready]').waitFor({ timeout: 60_000 })
        if (name === 'contracts') await reader(page).says('as expected')
        await deps.eye.look(page, `look-${size}-${colorScheme}-${name === '' ? 'plugs' : name}`)
        seen += 1
      }
      await context.close()
    }
  return seen
}
