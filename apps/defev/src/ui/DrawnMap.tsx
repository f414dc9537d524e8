import 'maplibre-gl/dist/maplibre-gl.css'
import type { MapModel } from '@werenode/map'
import { createEvseMap, type EvseMap } from '@werenode/map/web'
import { useEffect, useRef } from 'react'
import { boundWorkerUrl } from '../registry/index-worker.ts'
import { boundsOf, type Points } from '../registry/places.ts'
import { themeNow, watchTheme } from './themeNow.ts'

const noPoints: Points = { type: 'FeatureCollection', features: [] }

/**
 * Draws a model by the shared renderer of the web, its far points clustered here. `data-grounded` says that there is land, `data-ready` says
 * that it can be used, `data-points` how many plugs it shows.
 */
export const DrawnMap = ({
  model,
  points,
  label,
  framed: isFramed = false,
  onGrounded,
  onFailed,
}: {
  readonly model: MapModel
  /** Undefined: not yet known. */
  readonly points: Points | undefined
  readonly label: string
  /** The model's view is what the person wants to see, not where all plugs are. */
  readonly framed?: boolean
  readonly onGrounded?: () => void
  /** There is no map to be had on this device. */
  readonly onFailed?: () => void
}) => {
  const box = useRef<HTMLDivElement>(null)
  const map = useRef<EvseMap>(undefined)
  const framed = useRef(false)
  const count = useRef(0)
  const told = useRef({ onGrounded, onFailed })
  told.current = { onGrounded, onFailed }

  useEffect(() => {
    let drawn: EvseMap
    try {
      drawn = createEvseMap({
        container: box.current!,
        model,
        theme: themeNow(),
        workerUrl: boundWorkerUrl('./map/maplibre-gl-worker.mjs'),
        base: { archiveUrl: new URL('./map/europe.pmtiles', document.baseURI).href },
        points: noPoints,
        label,
        reducedMotion: matchMedia('(prefers-reduced-motion: reduce)').matches,
      })
    } catch (error) {
      if (told.current.onFailed === undefined) throw error
      // No WebGL: the list holds the same plugs.
      told.current.onFailed()
      return
    }
    map.current = drawn
    framed.current = isFramed
    void drawn.grounded.then(() => {
      if (map.current !== drawn) return
      box.current?.setAttribute('data-grounded', 'true')
      told.current.onGrounded?.()
    })
    void drawn.idle.then(() => box.current?.setAttribute('data-ready', 'true'))
    drawn.gl.on('idle', () => box.current?.setAttribute('data-points', String(count.current)))
    const unwatch = watchTheme(() => void drawn.setTheme(themeNow()))
    return () => {
      unwatch()
      map.current = undefined
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
      const { west, south, east, north } = boundsOf(points)
      drawn.gl.fitBounds([west, south, east, north], { padding: 48, maxZoom: 11, animate: false })
    }
    count.current = length
    // A map in another language is a new map.
  }, [points, label])

  return <div ref={box} className="map" />
}
