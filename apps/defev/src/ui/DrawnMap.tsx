import 'maplibre-gl/dist/maplibre-gl.css'
import type { MapModel } from '@werenode/map'
import { createEvseMap, type EvseMap } from '@werenode/map/web'
import { useEffect, useRef } from 'react'
import { boundWorkerUrl } from '../registry/index-worker.ts'
import type { Points } from '../registry/places.ts'

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
 * Draws a model by the shared renderer of the web, its far points clustered here. `data-grounded` says that there is land, `data-ready` says
 * that it can be used, `data-points` how many plugs it shows.
 */
export const DrawnMap = ({
  model,
  points,
  label,
}: {
  readonly model: MapModel
  /** Undefined: not yet known. */
  readonly points: Points | undefined
  readonly label: string
}) => {
  const box = useRef<HTMLDivElement>(null)
  const map = useRef<EvseMap>(undefined)
  const framed = useRef(false)
  const count = useRef(0)

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
    void drawn.grounded.then(() => box.current?.setAttribute('data-grounded', 'true'))
    void drawn.idle.then(() => box.current?.setAttribute('data-ready', 'true'))
    drawn.gl.on('idle', () => box.current?.setAttribute('data-points', String(count.current)))
    const watch = new MutationObserver(() => void drawn.setTheme(themeNow()))
    watch.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => {
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

  return <div ref={box} className="map" />
}
