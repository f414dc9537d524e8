import { addressOf, createMapModel, type MapModel, type MapState, nodePlaces } from '@werenode/map'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useNode } from '../look/useNode'

/** How long the list is read as it was found before the live stream is followed, when no map is drawn meanwhile, ms. */
const followAfterMs = 4_000

/** One model per visit: it begins where the link says, and writes where it is into the address. */
export const useMapModel = (mapDrawn: boolean): { model: MapModel; state: MapState } => {
  const node = useNode()
  const [model] = useState(() =>
    createMapModel({ source: nodePlaces(node), from: addressOf(location.search), keep: localStorage }),
  )
  const state = useSyncExternalStore(model.subscribe, model.state)

  // The list does not wait for the map to be drawn.
  useEffect(() => model.retry(), [model])

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const write = (): void => {
      const query = model.address()
      const address = `${location.pathname}${query === '' ? '' : `?${query}`}`
      if (address !== `${location.pathname}${location.search}`) history.replaceState(history.state, '', address)
    }
    const stop = model.subscribe(() => {
      clearTimeout(timer)
      timer = setTimeout(write, 150)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [model])

  useEffect(() => {
    const back = (): void => model.retry()
    addEventListener('online', back)
    return () => removeEventListener('online', back)
  }, [model])

  // What changes from now on; following it is not to hold up list and map.
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), followAfterMs)
    return () => clearTimeout(timer)
  }, [])
  const follows = mapDrawn || late
  useEffect(() => {
    if (!follows) return
    const following = new AbortController()
    const follow = async (): Promise<void> => {
      // The catalogue alone: the whole client carries the contracts' interfaces, of which a map needs none.
      const { openLocations } = await import('@werenode/sdk/locations')
      if (following.signal.aborted) return
      const locations = openLocations(node)
      // What changed since the list was found.
      model.retry()
      for await (const { locationId } of locations.live({ signal: following.signal })) model.changed(locationId)
    }
    // Without the stream the map still tells what it was told last.
    follow().catch(() => undefined)
    return () => following.abort()
  }, [model, node, follows])

  return { model, state }
}
