import type { ThemeName } from '@werenode/design/tokens'
import type { FeatureCollection } from 'geojson'
import type { Box, MapModel, MapState, View } from '../../src/index.ts'
import { boxOfSketch, featureOf, isNear, placeInSketch, type Size, viewOfSketch } from '../../src/style/index.ts'
import { element, pencil } from './drawing.ts'
import { farPlaces } from './far-places.ts'
import { listenTo } from './gestures.ts'
import { clustered, type Mark, marksOf, type PlaceFeature } from './marks.ts'

export interface PlaceSketchOptions {
  readonly container: HTMLElement
  readonly model: MapModel
  readonly theme: ThemeName
  /** Where the node's tiles are; undefined: the sketch clusters `points` itself. */
  readonly tilesFrom?: string
  readonly points?: FeatureCollection
  /** What it says to a screen reader; the list beside it holds the same places. */
  readonly label: string
  readonly locale?: string
  /** Somebody wants what only a map can do: to move, to zoom (then where to), or simply to see it. Told once. */
  readonly onMapWanted: (to?: View) => void
}

export interface PlaceSketch {
  setTheme(theme: ThemeName): void
  setPoints(points: FeatureCollection): void
  /** Shows the whole box, as near as a sketch can. */
  fit(box: Box): void
  remove(): void
}

/** How much nearer a tap on a cluster leads, as on the map. */
const clusterStep = 2.2

/**
 * Places upon the drawn land, without WebGL: what stands where a map would hold the page up for seconds, until somebody wants the map. The
 * same model, the same marks and colours, the same taps; the land beneath is the app's (`base/land.svg`, placed by `sketchOf`).
 *
 * @example
 * const sketch = createPlaceSketch({ container, model, theme: 'light', tilesFrom: location.origin, label: 'Map', onMapWanted: () => start() })
 */
export const createPlaceSketch = (options: PlaceSketchOptions): PlaceSketch => {
  const { container, model } = options
  const numbers = new Intl.NumberFormat(options.locale)
  const picture = element('g', {})
  const svg = element('svg', { class: 'wn-sketch', role: 'img', 'aria-label': options.label }, picture)
  container.append(svg)

  let pen = pencil(options.theme, numbers)
  let points = (options.points?.features ?? []) as unknown as readonly PlaceFeature[]
  const far = options.tilesFrom === undefined ? undefined : farPlaces(options.tilesFrom)
  let reading: AbortController | undefined
  /** For what the node gave no tiles: the list is drawn instead. */
  let unread = ''
  const markOf = new WeakMap<Element, Mark>()
  let size: Size = { width: container.clientWidth, height: container.clientHeight }

  const readFar = (state: MapState, box: Box): void => {
    reading?.abort()
    const mine = new AbortController()
    reading = mine
    far?.read(state.filters, state.view, box, mine.signal).then(
      () => draw(model.state()),
      () => {
        if (mine.signal.aborted) return
        unread = wish(state)
        draw(model.state())
      },
    )
  }
  const wish = ({ filters, view }: MapState): string => JSON.stringify([filters, view])
  let wished = ''

  const marks = (state: MapState): readonly Mark[] => {
    const listed = (): readonly Mark[] =>
      marksOf(state.places.map(featureOf) as unknown as readonly PlaceFeature[], state.view, size)
    if (isNear(state)) return listed()
    if (far === undefined) return clustered(marksOf(points, state.view, size))
    const box = boxOfSketch(state.view, size)
    const known = far.known(state.filters, state.view, box)
    if (known !== undefined) return marksOf(known, state.view, size)
    if (unread === wish(state)) return clustered(listed())
    if (wished !== wish(state)) {
      wished = wish(state)
      readFar(state, box)
    }
    return []
  }

  const draw = (state: MapState): void => {
    if (size.width === 0 || size.height === 0) return
    picture.setAttribute('transform', `translate(${size.width / 2} ${size.height / 2})`)
    const found = marks(state)
    // Clusters below, what can be used on top, as on the map.
    const order = (mark: Mark): number => (mark.of.id === undefined ? 0 : mark.of.available > 0 ? 2 : 1)
    const drawn = [...found]
      .sort((a, b) => order(a) - order(b))
      .map((mark) => {
        const made = pen.draw(mark, state.view.zoom)
        markOf.set(made, mark)
        return made
      })
    const chosen = state.places.find(({ id }) => id === state.selected?.id)
    if (chosen) drawn.push(pen.ring(placeInSketch(state.view, chosen.position)))
    picture.replaceChildren(...drawn)
    svg.setAttribute('data-marks', String(found.length))
  }

  let told = false
  const wanted = (to?: View): void => {
    if (told) return
    told = true
    options.onMapWanted(to)
  }
  const tapped = (on: Element): void => {
    const mark = markOf.get(on.closest('g[data-evses]') ?? svg)
    if (mark?.of.id !== undefined) model.select(mark.of.id)
    else if (mark !== undefined) wanted({ ...mark.at, zoom: Math.min(model.state().view.zoom + clusterStep, 16) })
    // As beside a place on the map: what was chosen is let go of.
    else if (model.state().selected !== undefined) model.select(undefined)
    else wanted()
  }
  const stopListening = listenTo(container, { tapped, wanted: () => wanted() })

  const tellView = (): void => {
    const { view } = model.state()
    model.moved(view, boxOfSketch(view, size))
  }
  const watch = new ResizeObserver(() => {
    const next = { width: container.clientWidth, height: container.clientHeight }
    if (next.width === size.width && next.height === size.height) return
    size = next
    if (size.width > 0 && size.height > 0) tellView()
  })
  watch.observe(container)
  const stop = model.subscribe(draw)
  if (size.width > 0 && size.height > 0) tellView()
  draw(model.state())

  return {
    setTheme(theme) {
      pen = pencil(theme, numbers)
      draw(model.state())
    },
    setPoints(next) {
      points = next.features as unknown as readonly PlaceFeature[]
      draw(model.state())
    },
    fit(box) {
      if (size.width === 0 || size.height === 0) return
      const view = viewOfSketch(box, size)
      model.moved(view, boxOfSketch(view, size))
    },
    remove() {
      reading?.abort()
      watch.disconnect()
      stopListening()
      stop()
      svg.remove()
    },
  }
}
