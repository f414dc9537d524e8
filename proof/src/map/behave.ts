import type { Page } from 'playwright-core'
import type { AppName } from './app-maps.ts'

export interface Conduct {
  readonly held: number
  /** Each with what was otherwise. */
  readonly failed: readonly string[]
}

/**
 * Every behaviour of `@werenode/map/behaviours` with the renderer of the web, or with the map an app makes of it: real pictures, pointers and
 * keys. What is evaluated here runs in the browser.
 */
export const behave = async (page: Page, url: string, app?: AppName): Promise<Conduct> => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto(url)
  if (app !== undefined) await page.addStyleTag({ url: `/apps/${app}.css` })
  return page.evaluate(async (app) => {
    const { document, location, MouseEvent, KeyboardEvent } = globalThis as unknown as {
      document: { createElement(name: string): Box; body: { append(node: unknown): void } }
      location: { origin: string }
      MouseEvent: new (kind: string, options: object) => object
      KeyboardEvent: new (kind: string, options: object) => object
    }
    interface Box {
      style: { cssText: string }
      remove(): void
    }
    interface Target {
      dispatchEvent(event: object): void
      focus(): void
    }
    interface Gl {
      getCanvas(): Target
      getCanvasContainer(): Target
      jumpTo(options: object): void
      project(at: readonly [number, number]): { readonly x: number; readonly y: number }
      queryRenderedFeatures(options: object): readonly {
        readonly properties: { readonly id: string; readonly status: string }
      }[]
    }
    const { behaviours } = (await import(
      '@werenode/map/behaviours' as string
    )) as typeof import('@werenode/map/behaviours')
    const { addressOf, createMapModel } = (await import('@werenode/map' as string)) as typeof import('@werenode/map')
    const { createEvseMap } = (await import('@werenode/map/web' as string)) as {
      createEvseMap(options: object): Drawn
    }
    interface Drawn {
      readonly idle: Promise<void>
      readonly gl: Gl
      remove(): void
    }
    const page = globalThis as unknown as {
      openedMap?: Drawn | undefined
      mountMap?: (container: Box, model: import('@werenode/map').MapModel) => () => void
    }
    if (app !== undefined) await import(`/apps/${app}.js`)
    /** The map and what takes it away. */
    const draw = async (container: Box, model: import('@werenode/map').MapModel): Promise<[Drawn, () => void]> => {
      if (page.mountMap === undefined) {
        const map = createEvseMap({
          ...{ container, model, theme: 'light', workerUrl: '/worker.mjs', label: 'Map', reducedMotion: true },
          base: { archiveUrl: `${location.origin}/europe.pmtiles` },
        })
        return [map, () => map.remove()]
      }
      page.openedMap = undefined
      const unmount = page.mountMap(container, model)
      // React mounts when it finds time.
      while (page.openedMap === undefined) await new Promise((resolve) => setTimeout(resolve, 5))
      return [page.openedMap, unmount]
    }
    const stage: import('@werenode/map/behaviours').Stage = {
      async open({ source, query, keep, clock }) {
        const model = createMapModel({ source, from: addressOf(query), keep, clock, pauseMs: 0 })
        const container = document.createElement('div')
        container.style.cssText = 'position:absolute;inset:0'
        document.body.append(container)
        const [map, remove] = await draw(container, model)
        await map.idle
        const { gl } = map
        const onPicture = () => gl.queryRenderedFeatures({ layers: ['near-pin', 'near-dot'] })
        const click = (x: number, y: number): void => {
          for (const kind of ['mousedown', 'mouseup', 'click'])
            gl.getCanvasContainer().dispatchEvent(
              new MouseEvent(kind, { clientX: x, clientY: y, button: 0, bubbles: true, cancelable: true }),
            )
        }
        const keyCodes = { ArrowRight: 39, ArrowUp: 38, '+': 187, '-': 189 }
        return {
          model,
          drawn: () => [...new Set(onPicture().map(({ properties }) => properties.id))],
          statusOf: (id) => onPicture().find(({ properties }) => properties.id === id)?.properties.status,
          tap: (id) => {
            const { lon, lat } = model.state().places.find((place) => place.id === id)!.position
            const { x, y } = gl.project([lon, lat])
            click(x, y)
          },
          tapNothing: () => click(8, 8),
          look: ({ lon, lat, zoom }) => gl.jumpTo({ center: [lon, lat], zoom }),
          press: (key) => {
            gl.getCanvas().focus()
            gl.getCanvas().dispatchEvent(
              new KeyboardEvent('keydown', { key, keyCode: keyCodes[key], bubbles: true, cancelable: true }),
            )
          },
          close: () => {
            remove()
            model.close()
            container.remove()
          },
        }
      },
    }
    const failed: string[] = []
    for (const { name, run } of behaviours)
      await run(stage).catch((error: Error) => failed.push(`${name}: ${error.message}`))
    return { held: behaviours.length - failed.length, failed }
  }, app)
}
