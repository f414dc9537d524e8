import { type ThemeName, themes } from '@werenode/design/tokens'
import type { FeatureCollection, Point } from 'geojson'
import {
  AttributionControl,
  type GeoJSONSource,
  type GeoJSONSourceSpecification,
  Map as GlMap,
  type StyleSpecification,
  setWorkerUrl,
} from 'maplibre-gl'
import { type Box, type MapModel, type MapState, type Position, queryText, tileQuery, type View } from '../src/index.ts'
import {
  baseStyle,
  clickable,
  clusteredSource,
  featureOf,
  isNear,
  layersOf,
  openDataAttribution,
  placeLayers,
  placeSources,
  tileLayer,
  tileSource,
} from '../src/style/index.ts'
import { useArchives } from './archive.ts'
import { createPointGiver } from './give-points.ts'
import { addMarkers } from './images.ts'
import { unveil, veiled } from './veil.ts'

const nothing: FeatureCollection = { type: 'FeatureCollection', features: [] }

export interface EvseMapOptions {
  readonly container: HTMLElement
  readonly model: MapModel
  readonly theme: ThemeName
  /** The worker of maplibre-gl (`maplibre-gl-worker.mjs`), served by the app. */
  readonly workerUrl: string
  /** Our own base map: `base/europe.pmtiles`, served by the app; or a style of somebody else. */
  readonly base: { readonly archiveUrl: string } | { readonly styleUrl: string }
  /** Where the node's tiles are, e.g. its origin; undefined: the map clusters `points` itself. */
  readonly tilesFrom?: string
  readonly points?: FeatureCollection
  /** What the map says to a screen reader. */
  readonly label: string
  readonly reducedMotion?: boolean
  /** What the map could not load (a tile, the base map); the rest is drawn. Absent: nobody is told. */
  readonly onProblem?: (error: { readonly message: string }) => void
}

export interface EvseMap {
  setTheme(theme: ThemeName): Promise<void>
  /** Tiles changed on the node: asks for them again. */
  refresh(): void
  /** Other points than those it was made with; for a map without `tilesFrom`. */
  setPoints(points: FeatureCollection): void
  /** `beside` is what covers the map at its right, px. */
  flyTo(to: Position & { readonly zoom?: number; readonly beside?: number }): void
  zoomBy(steps: number): void
  /** First time there is land; what stood in the map's place until then can go. */
  readonly grounded: Promise<void>
  /** First time everything is drawn. */
  readonly idle: Promise<void>
  /** MapLibre's own map, for proofs. */
  readonly gl: GlMap
  remove(): void
}

/**
 * The map of charging stations in a browser: it draws the model's state and tells it where people look and what they click.
 *
 * @example
 * const map = createEvseMap({ container, model, theme: 'light', workerUrl: '/map/worker.mjs', base: { archiveUrl: '/map/europe.pmtiles' }, tilesFrom: location.origin, label: 'Map' })
 * await map.idle
 */
export const createEvseMap = (options: EvseMapOptions): EvseMap => {
  const { container, model, base } = options
  setWorkerUrl(options.workerUrl)
  if ('archiveUrl' in base) useArchives([base.archiveUrl])
  let theme = options.theme
  const styleOf = (name: ThemeName): StyleSpecification | string =>
    'archiveUrl' in base ? baseStyle(themes[name], base.archiveUrl) : base.styleUrl
  const firstStyle = styleOf(theme)
  /** Layers that are there and not seen yet; of another theme all are seen at once, their shaders being known. */
  const unseen = typeof firstStyle === 'string' ? [] : [...firstStyle.layers]
  let isFirst = true

  const { view } = model.state()
  const gl = new GlMap({
    container,
    style: typeof firstStyle === 'string' ? firstStyle : { ...firstStyle, layers: veiled(firstStyle.layers) },
    center: [view.lon, view.lat],
    zoom: view.zoom,
    minZoom: 2,
    maxZoom: 18,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    // Names that fade in would have the whole map drawn again and again.
    fadeDuration: 0,
    locale: { 'Map.Title': options.label },
  })
  gl.touchZoomRotate.disableRotation()
  gl.keyboard.enable()

  let credit = new AttributionControl({ compact: true })
  gl.addControl(credit)
  /** On a phone credits stand behind their button: opened, they would cover the map and its tools. */
  const foldCredits = (): void => {
    if (container.clientWidth >= 640) return
    const box = container.querySelector('.maplibregl-ctrl-attrib')
    box?.removeAttribute('open')
    box?.classList.remove('maplibregl-compact-show')
  }
  gl.once('idle', foldCredits)
  let creditsOpenData = false
  /** Open data is named from when some of it is shown, not before. */
  const creditOpenData = (): void => {
    creditsOpenData = true
    gl.removeControl(credit)
    credit = new AttributionControl({ compact: true, customAttribution: openDataAttribution })
    gl.addControl(credit)
    foldCredits()
  }

  let removed = false
  let drawn: MapState | undefined
  let template = ''
  let points = options.points ?? nothing

  const templateOf = (state: MapState): string => {
    const query = queryText(tileQuery(state.filters))
    return `${options.tilesFrom}/v1/tiles/{z}/{x}/{y}${query === '' ? '' : `?${query}`}`
  }

  const addPlaces = async (): Promise<void> => {
    const state = model.state()
    await addMarkers(gl, theme)
    if (gl.getSource(placeSources.near)) return
    if (options.tilesFrom !== undefined) {
      template = templateOf(state)
      gl.addSource(placeSources.far, tileSource(template))
    } else
      gl.addSource(placeSources.far, { ...clusteredSource(nothing), promoteId: 'id' } as GeoJSONSourceSpecification)
    gl.addSource(placeSources.near, { type: 'geojson', data: nothing })
    const layers = placeLayers(themes[theme], { tiles: options.tilesFrom !== undefined })
    if (isFirst) unseen.push(...layers)
    for (const layer of isFirst ? veiled(layers) : layers) gl.addLayer(layer)
    drawn = undefined
    draw(state)
    // Not as part of the source that is added: MapLibre would first judge each of thousands as a part of the style.
    if (options.tilesFrom === undefined) await givePoints(points)
  }

  const givePoints = createPointGiver(() =>
    removed || options.tilesFrom !== undefined ? undefined : gl.getSource<GeoJSONSource>(placeSources.far),
  )

  const draw = (state: MapState): void => {
    const near = gl.getSource<GeoJSONSource>(placeSources.near)
    if (!near) return
    if (!creditsOpenData && state.places.some(({ source }) => source === 'irve')) creditOpenData()
    if (drawn?.places !== state.places)
      near.setData({ type: 'FeatureCollection', features: state.places.map(featureOf) })
    const show = isNear(state) ? 'near' : 'far'
    if (drawn === undefined || (isNear(drawn) ? 'near' : 'far') !== show)
      for (const way of ['near', 'far'] as const)
        for (const layer of layersOf(way)) gl.setLayoutProperty(layer, 'visibility', way === show ? 'visible' : 'none')
    if (options.tilesFrom !== undefined && drawn?.filters !== state.filters && templateOf(state) !== template) {
      template = templateOf(state)
      ;(gl.getSource(placeSources.far) as unknown as { setTiles(tiles: string[]): void }).setTiles([template])
    }
    if (drawn?.selected?.id !== state.selected?.id)
      gl.setFilter('chosen', ['==', ['get', 'id'], state.selected?.id ?? ''])
    drawn = state
  }

  const boxOf = (): Box => {
    const bounds = gl.getBounds()
    return {
      west: Math.max(-180, bounds.getWest()),
      south: Math.max(-85, bounds.getSouth()),
      east: Math.min(180, bounds.getEast()),
      north: Math.min(85, bounds.getNorth()),
    }
  }
  const viewOf = (): View => ({ lon: gl.getCenter().lng, lat: gl.getCenter().lat, zoom: gl.getZoom() })

  let landed = (): void => undefined
  const grounded = new Promise<void>((resolve) => {
    landed = resolve
  })
  const seen = new Promise<void>((resolve) => {
    gl.once('style.load', () =>
      resolve(
        addPlaces()
          .then(() => unveil(gl, unseen, { stopped: () => removed || !isFirst, grounded: landed }))
          .catch((error: Error) => {
            // A map that was taken away, or put into another theme, meanwhile is drawn by whoever did that.
            if (!removed && isFirst) throw error
          })
          .finally(() => {
            isFirst = false
            landed()
          }),
      ),
    )
  })
  gl.on('style.load', () => {
    if (!isFirst) void addPlaces()
  })
  gl.on('moveend', () => model.moved(viewOf(), boxOf()))
  gl.on('load', () => model.moved(viewOf(), boxOf()))
  const present = (): string[] => clickable.filter((layer) => gl.getLayer(layer))
  gl.on('click', (event) => {
    const reach = 6
    const { x, y } = event.point
    const [hit] = gl.queryRenderedFeatures(
      [
        [x - reach, y - reach],
        [x + reach, y + reach],
      ],
      { layers: present() },
    )
    if (!hit) return model.select(undefined)
    const { point_count: many, id } = hit.properties as { point_count?: number; id?: string }
    const [lon, lat] = (hit.geometry as Point).coordinates as [number, number]
    if (many !== undefined) move({ lon, lat, zoom: Math.min(gl.getZoom() + 2.2, 16) })
    else if (id !== undefined) model.select(id)
  })
  gl.on('mousemove', (event) => {
    gl.getCanvas().style.cursor =
      gl.queryRenderedFeatures(event.point, { layers: present() }).length > 0 ? 'pointer' : ''
  })
  const tellProblem = (error: Error | undefined): void =>
    options.onProblem?.({ message: error?.message ?? 'Something of the map could not be loaded' })
  gl.on('error', ({ error }) => tellProblem(error))

  const stop = model.subscribe(draw)
  const move = (to: Position & { readonly zoom?: number; readonly beside?: number }): void => {
    const camera = {
      center: [to.lon, to.lat] as [number, number],
      ...(to.zoom === undefined ? {} : { zoom: to.zoom }),
      padding: { top: 0, left: 0, bottom: 0, right: to.beside ?? 0 },
    }
    if (options.reducedMotion) gl.jumpTo(camera)
    else gl.easeTo({ ...camera, duration: 500 })
  }

  return {
    async setTheme(name) {
      theme = name
      isFirst = false
      gl.setStyle(styleOf(name), { diff: false })
    },
    refresh() {
      if (template !== '')
        (gl.getSource(placeSources.far) as unknown as { setTiles(tiles: string[]): void } | undefined)?.setTiles([
          template,
        ])
    },
    setPoints(next) {
      points = next
      void givePoints(next).catch(tellProblem)
    },
    flyTo: move,
    zoomBy: (steps) =>
      options.reducedMotion ? gl.jumpTo({ zoom: gl.getZoom() + steps }) : gl.zoomTo(gl.getZoom() + steps),
    grounded,
    idle: seen.then(async () => {
      const idle = gl.once('idle')
      gl.triggerRepaint()
      await idle
    }),
    gl,
    remove() {
      removed = true
      stop()
      gl.remove()
    },
  }
}

export { tileLayer }
