import { createMapModel, type MapModel, type PlaceSource, type View } from '@werenode/map'
import { boxOfSketch } from '@werenode/map/style'
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import type { IndexDoor } from '../registry/index-worker.ts'
import { nowS, useDesk } from './context.ts'
import { PlugSketch } from './PlugSketch.tsx'
import { useAnswer } from './useAnswer.ts'
import { useMapStart } from './useMapStart.ts'
import { linkTo } from './useRoute.ts'

/** Most of what the map weighs; a sketch of it does without. */
const DrawnMap = lazy(() => import('./DrawnMap.tsx').then(({ DrawnMap }) => ({ default: DrawnMap })))

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

/** The one EVSE map, or the sketch that stands for it, drawn from the chain: at once, and again as more is read. A place that is clicked opens its plug's page. */
const PlugMap = () => {
  const { say, index, progress } = useDesk()
  const door = useRef(index)
  door.current = index
  const points = useAnswer('points', {}, redrawMs)
  const model: MapModel = useMemo(() => createMapModel({ source: chainPlaces(() => door.current) }), [])

  useEffect(
    () =>
      model.subscribe(({ selected }) => {
        if (selected !== undefined) location.hash = linkTo('plug', selected.id).slice(1)
      }),
    [model],
  )
  useEffect(() => {
    // What lies near is asked for again when the index has changed.
    if (progress.known) model.retry()
  }, [model, progress.known, progress.version])

  const [framed, setFramed] = useState(false)
  const start = useMapStart((to: View) => {
    setFramed(true)
    // What the map will show once it knows how large it is.
    model.moved(to, boxOfSketch(to, { width: 800, height: 600 }))
  })
  return (
    <>
      {start.begun && (
        <Suspense fallback={null}>
          <DrawnMap
            {...{ model, points, framed, label: say('plugs.map') }}
            onGrounded={start.ground}
            onFailed={start.fail}
          />
        </Suspense>
      )}
      {start.sketched && <PlugSketch model={model} points={points} start={start} />}
    </>
  )
}
export default PlugMap
