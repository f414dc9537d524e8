import type { Browser, Page } from 'playwright-core'
import type { Point } from './points.ts'

/** How one map behaved over the same walk. */
export interface MapTale {
  /** ms from the start of the script to the first time everything is drawn. */
  readonly readyMs: number
  /** What each frame took, drawn to its last pixel, ms. */
  readonly framesMs: readonly number[]
  /** CPU time of the page's own thread in its longest task, ms; what other processes take of the machine is not in it. */
  readonly longestTaskMs: number
  readonly drawn: number
}

/**
 * Opens the map in a page, with these points or none, and looks at France, Paris and Marseille, moving a little with each frame. What is
 * evaluated here runs in the browser.
 */
export const walkMap = async (
  browser: Browser,
  page: Page,
  url: string,
  points: readonly Point[],
  frames: number,
): Promise<MapTale> => {
  await page.goto(url)
  await browser.startTracing(page, {
    categories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'],
  })
  const tale = await page.evaluate(
    async ({ places, frames }) => {
      const { createMapModel } = (await import('@werenode/map' as string)) as typeof import('@werenode/map')
      const { createEvseMap } = (await import('@werenode/map/web' as string)) as {
        createEvseMap(options: object): {
          idle: Promise<void>
          gl: {
            jumpTo(options: object): void
            redraw(): void
            painter: {
              context: {
                gl: {
                  readonly RGBA: number
                  readonly UNSIGNED_BYTE: number
                  readPixels(
                    x: number,
                    y: number,
                    width: number,
                    height: number,
                    form: number,
                    type: number,
                    into: Uint8Array,
                  ): void
                }
              }
            }
            once(name: string, then: () => void): void
            queryRenderedFeatures(options: object): readonly unknown[]
          }
        }
      }
      const startedAt = performance.now()
      const model = createMapModel({
        source: {
          search: async () => ({ items: [], more: true }),
          detail: async () => {
            throw new Error('There are no details here')
          },
        },
      })
      const map = createEvseMap({
        container: (
          globalThis as unknown as { document: { getElementById(id: string): unknown } }
        ).document.getElementById('map'),
        model,
        theme: 'light',
        workerUrl: '/worker.mjs',
        base: {
          archiveUrl: `${(globalThis as unknown as { location: { origin: string } }).location.origin}/europe.pmtiles`,
        },
        points: {
          type: 'FeatureCollection',
          features: places.map(({ lon, lat, powerW }, index) => ({
            type: 'Feature',
            geometry: { type: 'Point', coordinates: [lon, lat] },
            properties: {
              id: String(index),
              name: String(index),
              evses: 1,
              available: index % 3 === 0 ? 1 : 0,
              payable: index % 2 === 0,
              maxPowerW: powerW,
            },
          })),
        },
        label: 'Map',
      })
      await map.idle
      const readyMs = performance.now() - startedAt
      const framesMs: number[] = []
      const { gl } = map
      const corner = new Uint8Array(4)
      /** One frame, drawn now, to the last pixel: reading one back waits for the drawing. */
      const draw = (centre: readonly [number, number], zoom: number): number => {
        const from = performance.now()
        gl.jumpTo({ center: centre, zoom })
        gl.redraw()
        const context = gl.painter.context.gl
        context.readPixels(0, 0, 1, 1, context.RGBA, context.UNSIGNED_BYTE, corner)
        return performance.now() - from
      }
      for (const [lon, lat, zoom] of [
        [2.6, 46.6, 5.2],
        [2.35, 48.85, 8],
        [5.37, 43.3, 6.5],
      ] as const) {
        gl.jumpTo({ center: [lon, lat], zoom })
        await new Promise<void>((done) => gl.once('idle', done))
        // A pan of some pixels a frame; the tiles are there, so that nothing is loaded meanwhile.
        for (let step = 0; step < frames; step += 1) {
          framesMs.push(draw([lon + ((step % 2 === 0 ? 1 : -1) * 0.3) / zoom, lat], zoom))
          await new Promise((done) => setTimeout(done, 0))
        }
      }
      gl.jumpTo({ center: [2.6, 46.6], zoom: 5.2 })
      await new Promise<void>((done) => gl.once('idle', done))
      const drawn = gl.queryRenderedFeatures({ layers: ['far-cluster', 'far-dot', 'far-pin'] }).length
      return { readyMs, framesMs, drawn }
    },
    { places: points, frames },
  )
  return { ...tale, longestTaskMs: longestTask(await browser.stopTracing()) }
}

interface TraceEvent {
  readonly name: string
  readonly ph: string
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
