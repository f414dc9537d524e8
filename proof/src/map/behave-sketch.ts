import type { Page } from 'playwright-core'
import type { Conduct } from './behave.ts'

/**
 * Every behaviour of `@werenode/map/behaviours` that needs no keys, and those of the sketch, with the sketch that stands for the map where maps
 * are drawn slowly: real pictures and pointers. What is evaluated here runs in the browser.
 */
export const behaveSketch = async (page: Page, url: string): Promise<Conduct> => {
  await page.goto(url)
  return page.evaluate(async () => {
    interface Box {
      readonly style: { cssText: string }
      readonly dataset: Readonly<Record<string, string>>
      append(node: unknown): void
      remove(): void
      dispatchEvent(event: object): void
      querySelector(selector: string): Box | null
      querySelectorAll(selector: string): Iterable<Box>
    }
    const { document, PointerEvent, KeyboardEvent } = globalThis as unknown as {
      document: { createElement(name: string): Box; body: Box }
      PointerEvent: new (kind: string, options: object) => object
      KeyboardEvent: new (kind: string, options: object) => object
    }
    const { behaviours, sketchBehaviours } = (await import(
      '@werenode/map/behaviours' as string
    )) as typeof import('@werenode/map/behaviours')
    const { addressOf, createMapModel } = (await import('@werenode/map' as string)) as typeof import('@werenode/map')
    const { createPlaceSketch } = (await import('@werenode/map/sketch' as string)) as {
      createPlaceSketch(options: object): { remove(): void }
    }
    type SketchStage = import('@werenode/map/behaviours').SketchStage
    type View = import('@werenode/map').View

    const stage: SketchStage = {
      async open({ source, query, keep, clock, points }) {
        const model = createMapModel({ source, from: addressOf(query), keep, clock, pauseMs: 0 })
        const container = document.createElement('div')
        container.style.cssText = 'position:absolute;inset:0'
        document.body.append(container)
        const asked: (View | undefined)[] = []
        const sketch = createPlaceSketch({
          ...{ container, model, theme: 'light', label: 'Sketch', ...(points ? { points } : {}) },
          onMapWanted: (to?: View) => asked.push(to),
        })
        const places = () => [...container.querySelectorAll('[data-id]')]
        const placeOf = (id: string) => places().find(({ dataset }) => dataset.id === id)
        const clusters = () =>
          [...container.querySelectorAll('g[data-evses]:not([data-id])')].sort(
            (a, b) => Number(b.dataset.evses) - Number(a.dataset.evses),
          )
        const hand = (kind: string, on: Box, x = 8, y = 8, buttons = 0): void =>
          on.dispatchEvent(new PointerEvent(kind, { clientX: x, clientY: y, buttons, bubbles: true }))
        const tap = (on: Box | null | undefined): void => {
          if (!on) throw new Error('There is nothing to tap on')
          hand('pointerdown', on, 8, 8, 1)
          hand('pointerup', on)
          hand('click', on)
        }
        return {
          model,
          drawn: () => places().map(({ dataset }) => dataset.id!),
          statusOf: (id) => placeOf(id)?.dataset.status,
          tap: (id) => tap(placeOf(id)?.querySelector('circle')),
          tapNothing: () => tap(container.querySelector('svg')),
          look: (view) => {
            const [wide, high] = [250 / 2 ** view.zoom, 160 / 2 ** view.zoom]
            model.moved(view, {
              ...{ west: view.lon - wide, east: view.lon + wide },
              ...{ south: view.lat - high, north: view.lat + high },
            })
          },
          press: (key) => container.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })),
          wanted: () => asked,
          drag: () => {
            hand('pointerdown', container, 50, 50, 1)
            hand('pointermove', container, 70, 60, 1)
            hand('pointermove', container, 90, 60, 1)
            hand('pointerup', container, 90, 60)
            hand('click', container, 90, 60)
          },
          clusters: () => clusters().map(({ dataset }) => ({ evses: Number(dataset.evses) })),
          tapCluster: () => tap(clusters()[0]?.querySelector('circle')),
          close: () => {
            sketch.remove()
            model.close()
            container.remove()
          },
        }
      },
    }
    const failed: string[] = []
    const all = [
      ...behaviours.filter(({ needsKeys }) => !needsKeys).map(({ name, run }) => ({ name, run: () => run(stage) })),
      ...sketchBehaviours.map(({ name, run }) => ({ name, run: () => run(stage) })),
    ]
    for (const { name, run } of all) await run().catch((error: Error) => failed.push(`${name}: ${error.message}`))
    return { held: all.length - failed.length, failed }
  })
}
