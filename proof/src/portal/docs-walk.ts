import type { Browser } from 'playwright-core'
import { patient } from './walks.ts'

export interface SearchTale {
  readonly words: string
  /** Results offered under the field. */
  readonly offered: number
  /** Address of the page that Enter led to. */
  readonly ledTo: string
  /** Its heading. */
  readonly title: string
}

/** Searches the documentation in both languages, with nothing but what the node serves. */
export const searchDocs = async (browser: Browser, origin: string): Promise<readonly SearchTale[]> => {
  const context = await browser.newContext({ locale: 'en', viewport: { width: 1280, height: 900 } })
  try {
    const foreign: string[] = []
    context.on('request', (request) => {
      const { protocol, origin: from } = new URL(request.url())
      if (protocol.startsWith('http') && from !== origin) foreign.push(request.url())
    })
    const page = patient(await context.newPage())
    const tales: SearchTale[] = []
    for (const [start, words] of [
      ['/docs', 'withdraw credit'],
      ['/fr/docs', 'première recharge'],
    ] as const) {
      await page.goto(`${origin}${start}`)
      const field = page.locator('.navbar__search-input')
      await field.click()
      await field.fill(words)
      const hits = page.locator('.navbar__search [role="option"]')
      await hits.and(page.locator('[aria-selected="true"]')).waitFor()
      const offered = await hits.count()
      await field.press('Enter')
      await page.waitForURL((url) => url.pathname !== start)
      await page.locator('article h1').waitFor()
      const { pathname } = new URL(page.url())
      tales.push({ words, offered, ledTo: pathname, title: await page.locator('article h1').innerText() })
    }
    if (foreign.length > 0) throw new Error(`The search asked elsewhere: ${foreign[0]}`)
    return tales
  } finally {
    await context.close()
  }
}
