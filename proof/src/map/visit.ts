import type { Browser, Page } from 'playwright-core'
import { type MapPage, openMaps, places } from './in-page.ts'

/** How a visit to one map went. */
export interface Visit {
  /** ms from asking for the map to the first time everything is drawn. */
  readonly readyMs: number
  /** CPU time of the page's own thread in its longest task, ms; what other processes take of the machine is not in it. */
  readonly longestTaskMs: number
  /** Clusters, dots and pins in the last picture. */
  readonly drawn: number
}

/** Opens one map and looks at France, Paris and Marseille. */
export const visit = async (browser: Browser, page: Page, url: string, kind: 'empty' | 'full'): Promise<Visit> => {
  await openMaps(page, url)
  await browser.startTracing(page, {
    categories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'],
  })
  const seen = await page.evaluate(
    async ({ kind, places }) => {
      const startedAt = performance.now()
      const gl = await (globalThis as unknown as MapPage).openMap(kind)
      const readyMs = performance.now() - startedAt
      for (const [lon, lat, zoom] of [...places, places[0]]) {
        gl.jumpTo({ center: [lon, lat], zoom })
        await new Promise<void>((done) => gl.once('idle', done))
      }
      const layers = ['far-cluster', 'far-dot', 'far-pin']
      return { readyMs, drawn: kind === 'empty' ? 0 : gl.queryRenderedFeatures({ layers }).length }
    },
    { kind, places },
  )
  return { ...seen, longestTaskMs: longestTask(await browser.stopTracing()) }
}

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** Thread's own time, microseconds. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

/** The most CPU time one task of a page's main thread took. */
const longestTask = (trace: Buffer): number => {
  const { traceEvents } = JSON.parse(trace.toString('utf8')) as { traceEvents: readonly TraceEvent[] }
  const key = ({ pid, tid }: TraceEvent): string => `${pid}/${tid}`
  const pages = new Set(
    traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(key),
  )
  const tasks = traceEvents.filter(
    (event) => event.name.endsWith('RunTask') && event.tdur !== undefined && pages.has(key(event)),
  )
  if (tasks.length === 0) throw new Error('The browser told nothing of its tasks')
  return Math.max(...tasks.map(({ tdur }) => tdur!)) / 1000
}
