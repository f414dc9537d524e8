import type { Page } from 'playwright-core'

/** What the walks use of MapLibre's own map. */
export interface DrawnMap {
  jumpTo(options: { readonly center: readonly [number, number]; readonly zoom: number }): void
  redraw(): void
  once(name: string, then: () => void): void
  triggerRepaint(): void
  removeLayer(id: string): void
  queryRenderedFeatures(options: object): readonly unknown[]
  readonly painter: {
    readonly context: {
      readonly gl: {
        readonly RGBA: number
        readonly UNSIGNED_BYTE: number
        readPixels(x: number, y: number, w: number, h: number, form: number, type: number, into: Uint8Array): void
      }
    }
  }
}

/** What `openMaps` puts into a page. */
export interface MapPage {
  /** Opens the map over the whole page, with all points or with none of our layers. */
  openMap(kind: 'empty' | 'full'): Promise<DrawnMap>
}

/** France, Paris and Marseille. */
export const places = [
  [2.6, 46.6, 5.2],
  [2.35, 48.85, 8],
  [5.37, 43.3, 6.5],
] as const

/** Loads the code of the map into a page, and the points, which the page fetches as an app would. What is evaluated here runs in the browser. */
export const openMaps = async (page: Page, url: string): Promise<void> => {
  await page.goto(url)
  await page.evaluate(async () => {
    const { document, location } = globalThis as unknown as {
      document: { createElement(name: string): { style: { cssText: string } }; body: { append(node: unknown): void } }
      location: { origin: string }
    }
    const { createMapModel } = (await import('@werenode/map' as string)) as typeof import('@werenode/map')
    const { createEvseMap } = (await import('@werenode/map/web' as string)) as {
      createEvseMap(options: object): { idle: Promise<void>; gl: DrawnMap }
    }
    const points: unknown = await (await fetch('/points.json')).json()
    const openMap = async (kind: 'empty' | 'full'): Promise<DrawnMap> => {
      const container = document.createElement('div')
      container.style.cssText = 'position:absolute;inset:0'
      document.body.append(container)
      const { idle, gl } = createEvseMap({
        container,
        model: createMapModel({
          source: {
            search: async () => ({ items: [], more: true }),
            detail: async () => {
              throw new Error('There are no details here')
            },
          },
        }),
        theme: 'light',
        workerUrl: '/worker.mjs',
        base: { archiveUrl: `${location.origin}/europe.pmtiles` },
        label: 'Map',
        ...(kind === 'full' ? { points } : {}),
      })
      await idle
      if (kind === 'empty')
        for (const id of ['far-cluster', 'far-count', 'far-dot', 'far-pin', 'near-dot', 'near-pin', 'chosen'])
          gl.removeLayer(id)
      return gl
    }
    Object.assign(globalThis, { openMap } satisfies MapPage)
  })
}
