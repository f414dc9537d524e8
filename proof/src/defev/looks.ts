import type { BrowserContext } from 'playwright-core'
import { showMap, sketched } from '../map/show-map.ts'
import { type Eye, reader } from './screen.ts'

interface Screen {
  readonly document: { readonly documentElement: { readonly scrollWidth: number; readonly clientWidth: number } }
}

const pages = ['', 'plug', 'sessions', 'account', 'operator', 'contracts'] as const

/** Every page as it is without a wallet, the plugs upon a sketch and, but for large text, upon the map: phone and desk, light and dark; a small phone with large text; a tablet. `wide` names pages that do not fit. */
export const looks = async (deps: {
  readonly appUrl: string
  readonly newContext: (options: object) => Promise<BrowserContext>
  readonly eye: Eye
}): Promise<{ readonly seen: number; readonly wide: readonly string[] }> => {
  let seen = 0
  const wide: string[] = []
  for (const [size, viewport, schemes, textPx] of [
    ['desk', { width: 1280, height: 860 }, ['light', 'dark'], 16],
    ['phone', { width: 390, height: 844 }, ['light', 'dark'], 16],
    ['small-large-text', { width: 320, height: 568 }, ['light', 'dark'], 24],
    ['tablet', { width: 768, height: 1024 }, ['light'], 16],
  ] as const)
    for (const colorScheme of schemes) {
      const context = await deps.newContext({ viewport, colorScheme })
      const page = await context.newPage()
      const devtools = await context.newCDPSession(page)
      await devtools.send('Page.setFontSizes', { fontSizes: { standard: textPx, fixed: textPx } })
      await page.goto(deps.appUrl)
      await page.locator('[data-evse] .mark--free').first().waitFor({ timeout: 60_000 })
      const plug = await page.locator('[data-evse]').first().getAttribute('href')
      for (const name of pages) {
        await page.goto(`${deps.appUrl}${name === 'plug' ? plug : `#/${name}`}`)
        await page.locator('h1').first().waitFor()
        if (name === '') await sketched(page)
        if (name === 'contracts') await reader(page).says('as expected')
        await deps.eye.look(page, `look-${size}-${colorScheme}-${name === '' ? 'plugs' : name}`)
        const beside = await page.evaluate(() => {
          const { documentElement } = (globalThis as unknown as Screen).document
          return documentElement.scrollWidth - documentElement.clientWidth
        })
        if (beside > 1) wide.push(`${name === '' ? 'plugs' : name}, ${size}: ${beside} px`)
        seen += 1
      }
      if (textPx === 16) {
        await page.goto(`${deps.appUrl}#/`)
        await showMap(page)
        await deps.eye.look(page, `look-${size}-${colorScheme}-map`)
        seen += 1
      }
      await context.close()
    }
  return { seen, wide }
}
