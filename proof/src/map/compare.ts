import type { Page } from 'playwright-core'
import { type DrawnMap, type MapPage, openMaps, places } from './in-page.ts'

/** Both maps' times for the same frame, drawn one right after the other, ms. */
export interface FramePair {
  readonly emptyMs: number
  readonly fullMs: number
}

/**
 * The map with all points and the bare base map in one page, over each other, drawing the same frames in turn: what else the machine does
 * meets both. A frame ends with its last pixel.
 */
export const compareFrames = async (page: Page, url: string, pairs: number): Promise<readonly FramePair[]> => {
  await openMaps(page, url)
  return page.evaluate(
    async ({ places, pairs }) => {
      const { openMap } = globalThis as unknown as MapPage
      const maps = { empty: await openMap('empty'), full: await openMap('full') }
      const corner = new Uint8Array(4)
      /** Reading a pixel back waits until all that was asked for is drawn. */
      const drained = ({ painter: { context } }: DrawnMap): void =>
        context.gl.readPixels(0, 0, 1, 1, context.gl.RGBA, context.gl.UNSIGNED_BYTE, corner)
      const draw = (map: DrawnMap, center: readonly [number, number], zoom: number): number => {
        drained(map)
        const from = performance.now()
        map.jumpTo({ center, zoom })
        map.redraw()
        drained(map)
        return performance.now() - from
      }
      const found: { emptyMs: number; fullMs: number }[] = []
      for (const [lon, lat, zoom] of places) {
        for (const map of [maps.empty, maps.full]) {
          map.jumpTo({ center: [lon, lat], zoom })
          await new Promise<void>((done) => {
            map.once('idle', done)
            map.triggerRepaint()
          })
        }
        // A pan of some pixels a frame; the tiles are there, so that nothing is loaded meanwhile. No pause between: the page itself is not
        // drawn then, which would fall on whoever comes first.
        for (let step = 0; step < pairs; step += 1) {
          const to = [lon + ((step % 2 === 0 ? 1 : -1) * 0.3) / zoom, lat] as const
          const took: Record<string, number> = {}
          for (const kind of step % 4 < 2 ? (['empty', 'full'] as const) : (['full', 'empty'] as const))
            took[kind] = draw(maps[kind], to, zoom)
          found.push({ emptyMs: took.empty!, fullMs: took.full! })
        }
      }
      return found
    },
    { places, pairs },
  )
}
