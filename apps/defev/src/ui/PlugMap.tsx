import { createMapModel, type MapModel, type PlaceSource } from '@werenode/map'
import { useEffect, useMemo, useRef } from 'react'
import type { IndexDoor } from '../registry/index-worker.ts'
import { nowS, useDesk } from './context.ts'
import { DrawnMap } from './DrawnMap.tsx'
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

/** The one EVSE map, drawn from the chain: at once, and again as more is read. A place that is clicked opens its plug's page. */
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

  return <DrawnMap model={model} points={points} label={say('plugs.map')} />
}
export default PlugMap
