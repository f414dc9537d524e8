import type { MapModel, View } from '@werenode/map'
import landUrl from '@werenode/map/base/land.svg?url'
import { createPlaceSketch, type PlaceSketch } from '@werenode/map/sketch'
import { sketchOf } from '@werenode/map/style'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { boundsOf, type Points } from '../registry/places.ts'
import { useDesk } from './context.ts'
import { themeNow, watchTheme } from './themeNow.ts'
import type { MapBeginning } from './useMapStart.ts'

/** The land and the plugs upon it, for a device that is slow to draw maps, and the button that has the map drawn all the same. */
export const PlugSketch = ({
  model,
  points,
  start,
}: {
  readonly model: MapModel
  /** Undefined: not yet known. */
  readonly points: Points | undefined
  readonly start: MapBeginning<View>
}) => {
  const { say, locale } = useDesk()
  const box = useRef<HTMLDivElement>(null)
  const sketch = useRef<PlaceSketch>(undefined)
  const framed = useRef(false)
  const want = useRef(start.want)
  want.current = start.want
  const label = say('plugs.map')
  const { view } = useSyncExternalStore(model.subscribe, model.state)

  useEffect(() => {
    const drawn = createPlaceSketch({
      ...{ container: box.current!, model, theme: themeNow(), label, locale },
      onMapWanted: (to) => want.current(to),
    })
    sketch.current = drawn
    framed.current = false
    const unwatch = watchTheme(() => drawn.setTheme(themeNow()))
    return () => {
      unwatch()
      drawn.remove()
    }
  }, [model, label, locale])
  useEffect(() => {
    if (points === undefined) return
    sketch.current?.setPoints(points)
    if (framed.current || points.features.length === 0) return
    framed.current = true
    sketch.current?.fit(boundsOf(points))
    // A sketch in another language is a new sketch.
  }, [points, label, locale])

  const { clientWidth: width = 0, clientHeight: height = 0 } = box.current ?? {}
  const land = sketchOf(view, { width, height })
  return (
    <div ref={box} className="plugs__places" data-points={points?.features.length}>
      {land && (
        <div
          className="plugs__land"
          style={{
            mask: `url("${landUrl}")`,
            transform: `translate(${land.x.toFixed(1)}px, ${land.y.toFixed(1)}px) scale(${land.scale.toFixed(3)})`,
          }}
          aria-hidden="true"
        />
      )}
      {!start.failed && (
        <div className="plugs__start">
          <button
            type="button"
            className="solid"
            aria-disabled={start.begun}
            aria-describedby="plugs-slow"
            onClick={() => start.want()}
          >
            {say('plugs.showMap')}
          </button>
          <p id="plugs-slow" role="status">
            {say(start.begun ? 'plugs.mapComing' : 'plugs.mapSlow')}
          </p>
        </div>
      )}
      {start.failed && (
        <p className="plugs__failed" role="status">
          {say('plugs.noMap')}
        </p>
      )}
      <p className="plugs__credits">Natural Earth</p>
    </div>
  )
}
