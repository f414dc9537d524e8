import 'maplibre-gl/dist/maplibre-gl.css'
import { createMapModel, type MapModel, type PlaceSource } from '@werenode/map'
import { createEvseMap, type EvseMap } from '@werenode/map/web'
import { useEffect, useMemo, useRef } from 'react'
import { boundWorkerUrl, type IndexDoor } from '../registry/index-worker.ts'
import type { Points } from '../registry/places.ts'
import { nowS, useDesk } from './context.ts'
import { useAnswer } from './useAnswer.ts'
import { linkTo } from './useRoute.ts'

/** The map is drawn anew at most this often while the chain is being read, ms. */
const redrawMs = 2_500

/** The shared map's places from the chain's index: nothing is asked of any server. */
const chainPlaces = (index: () => IndexDoor | undefined): PlaceSource => ({
  search: async (query, { limit }) => {
    const asked = {
      lat: Number(query.lat),
      lon: Number(query.lon),
      radiusM: Number(query.radiusM),
      limit,
      nowS: nowS(),
    }
    const { items, more } = (await index()?.ask('near', asked)) ?? { items: [], more: false }
    return { items: [...items], more }
  },
  detail: async (placeId) => {
    throw new RangeError(`${placeId} is opened in its own page`)
  },
})

/** What the person chose, else what the device prefers. */
const themeNow = (): 'light' | 'dark' => {
  const chosen = document.documentElement.dataset.theme
  if (chosen === 'light' || chosen === 'dark') return chosen
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

/** West, south, east, north of all points. */
const boundsOf = ({ features }: Points): [number, number, number, number] => {
  const box: [number, number, number, number] = [180, 85, -180, -85]
  for (const { geometry } of features) {
    const [lon, lat] = geometry.coordinates as [number, number]
    box[0] = Math.min(box[0], lon)
    box[1] = Math.min(box[1], lat)
    box[2] = Math.max(box[2], lon)
    box[3] = Math.max(box[3], lat)
  }
  return box
}

const noPoints: Points = { type: 'FeatureCollection', features: [] }

/**
 * The one EVSE map, drawn from the chain: at once, and again as more is read. A place that is clicked opens its plug's page. `data-ready`
 * says that it can be used, `data-points` how many plugs it shows.
 */
const PlugMap = () => {
  const { say, index, progress } = useDesk()
  const box = useRef<HTMLDivElement>(null)
  const map = useRef<EvseMap>(undefined)
  const framed = useRef(false)
  const count = useRef(0)
  const door = useRef(index)
  door.current = index
  const points = useAnswer('points', {}, redrawMs)
  const model: MapModel = useMemo(() => createMapModel({ source: chainPlaces(() => door.current) }), [])
  const label = say('plugs.map')

  useEffect(() => {
    const drawn = createEvseMap({
      container: box.current!,
      model,
      theme: themeNow(),
      workerUrl: boundWorkerUrl('./map/maplibre-gl-worker.mjs'),
      base: { archiveUrl: new URL('./map/europe.pmtiles', document.baseURI).href },
      points: noPoints,
      label,
      reducedMotion: matchMedia('(prefers-reduced-motion: reduce)').matches,
    })
    map.current = drawn
    framed.current = false
    void drawn.idle.then(() => box.current?.setAttribute('data-ready', 'true'))
    drawn.gl.on('idle', () => box.current?.setAttribute('data-points', String(count.current)))
    const watch = new MutationObserver(() => void drawn.setTheme(themeNow()))
    watch.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    const stop = model.subscribe((state) => {
      if (state.selected !== undefined) location.hash = linkTo('plug', state.selected.id).slice(1)
    })
    return () => {
      stop()
      watch.disconnect()
      drawn.remove()
    }
  }, [model, label])

  useEffect(() => {
    const drawn = map.current
    if (drawn === undefined || points === undefined) return
    drawn.setPoints(points)
    const { length } = points.features
    // The first look is at where the plugs are; from then on the person decides.
    if (!framed.current && length > 0) {
      framed.current = true
      drawn.gl.fitBounds(boundsOf(points), { padding: 48, maxZoom: 11, animate: false })
    }
    count.current = length
    // A map in another language is a new map.
  }, [points, label])

  useEffect(() => {
    // What lies near is asked for again when the index has changed.
    if (progress.known) model.retry()
  }, [model, progress.known, progress.version])

  return <div ref={box} className="map" />
}
export default PlugMap
