import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { type Figures, told } from '../figures.ts'
import { showMap, sketched } from '../map/show-map.ts'
import { openKeptNetwork } from './kept-network.ts'
import { shots } from './screen.ts'

/** What a visit felt like. */
interface Visit {
  /** Until a sketch showed plugs, ms; undefined where the map began by itself. */
  readonly sketchMs: number | undefined
  /** Until the map can be moved and shows plugs, ms. */
  readonly firstMs: number
  /** Until it shows all of them and the list knows all, ms. */
  readonly allMs: number
  /** The longest time in which the page answered to nothing, ms. */
  readonly longestTaskMs: number
}

/** A visit with the network of a country on chain: the first one, which reads everything, and the next, which reads what the browser kept. */
export const networkOfACountry = async (deps: {
  readonly newContext: () => Promise<BrowserContext>
  readonly allow: (url: string) => void
  readonly count: number
  readonly report: (text: string) => void
}): Promise<Figures> => {
  const { world, registeredMs, close } = await openKeptNetwork(deps.count, deps.report)
  try {
    const appUrl = await world.place([world.rpcUrl])
    for (const url of [appUrl, world.rpcUrl]) deps.allow(url)
    return {
      [`ms to register and price them (${deps.count} EVSEs on chain)`]: told(
        registeredMs ?? 'taken from the dump of an earlier run',
      ),
      ...(await visits({ ...deps, appUrl })),
    }
  } finally {
    await close()
  }
}

const visits = async (deps: {
  readonly appUrl: string
  readonly newContext: () => Promise<BrowserContext>
  readonly count: number
  readonly report: (text: string) => void
}): Promise<Figures> => {
  const { appUrl, count, report } = deps
  const context = await deps.newContext()
  await context.addInitScript(() => {
    const page = globalThis as unknown as { __longest: number }
    page.__longest = 0
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) page.__longest = Math.max(page.__longest, duration)
    }).observe({ type: 'longtask' as 'function', buffered: true })
  })
  const visit = async (): Promise<{ visit: Visit; page: Page }> => {
    const page = await context.newPage()
    const at = performance.now()
    await page.goto(appUrl)
    const sketchMs = await Promise.race([
      sketched(page, 300_000).then(() => Math.round(performance.now() - at)),
      page
        .locator('.map[data-grounded]')
        .waitFor({ timeout: 300_000 })
        .then(() => undefined),
    ])
    await showMap(page, 300_000)
    await page.locator('.map[data-ready][data-points]:not([data-points="0"])').waitFor({ timeout: 300_000 })
    const firstMs = Math.round(performance.now() - at)
    await page.locator('.foot[data-known="true"]').waitFor({ timeout: 600_000 })
    await page.waitForFunction(
      (least) => {
        const { document } = globalThis as unknown as {
          document: { querySelector(name: string): { getAttribute(name: string): string | null } | null }
        }
        return Number(document.querySelector('.map')?.getAttribute('data-points')) >= least
      },
      count,
      { timeout: 120_000, polling: 100 },
    )
    const allMs = Math.round(performance.now() - at)
    const longestTaskMs = Math.round(
      await page.evaluate(() => (globalThis as unknown as { __longest: number }).__longest),
    )
    return { visit: { sketchMs, firstMs, allMs, longestTaskMs }, page }
  }
  const cold = await visit()
  report(`cold: ${JSON.stringify(cold.visit)}; ${await cold.page.locator('.foot').innerText()}`)
  const searched = performance.now()
  await cold.page.getByRole('searchbox').fill(`place ${count}`)
  await cold.page.locator(`[data-evse="FR*BIG*E${String(count).padStart(6, '0')}"]`).waitFor({ timeout: 30_000 })
  const searchMs = Math.round(performance.now() - searched)
  await cold.page.screenshot({ path: join(shots, '13-crowd.png') })
  // The store is written behind the reading: the next visit begins when it is done.
  await cold.page.waitForTimeout(6_000)
  await cold.page.close()
  const warm = await visit()
  report(`warm: ${JSON.stringify(warm.visit)}`)
  await warm.page.close()
  await context.close()
  const of = `${count} EVSEs on chain`
  return {
    [`ms to the sketch with first plugs, cold (${of})`]: told(cold.visit.sketchMs ?? 'the map began by itself'),
    [`ms to an interactive map with first plugs, cold (${of})`]: told(cold.visit.firstMs),
    [`ms to an interactive map with all of them, cold (${of})`]: told(cold.visit.allMs),
    [`ms to an interactive map with all of them, warm (${of})`]: told(warm.visit.allMs),
    [`longest ms in which the page answered to nothing, cold (${of})`]: told(cold.visit.longestTaskMs),
    [`longest ms in which the page answered to nothing, warm (${of})`]: told(warm.visit.longestTaskMs),
    [`ms to find one by name (${of})`]: told(searchMs),
  }
}
