import { addressOf, createMapModel, type MapModel, type MapState, nodePlaces } from '@werenode/map'
import { createWerenode } from '@werenode/sdk'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useNode } from '../look/useNode'

/** One model per visit: it begins where the link says, and writes where it is into the address. */
export const useMapModel = (): { model: MapModel; state: MapState } => {
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
    const following = new AbortController()
    const follow = async (): Promise<void> => {
      const { locations } = createWerenode({ baseUrl: node })
      for await (const { locationId } of locations.live({ signal: following.signal })) model.changed(locationId)
    }
    // Without the stream the map still tells what it was told last.
    follow().catch(() => undefined)
    const back = (): void => model.retry()
    addEventListener('online', back)
    return () => {
      following.abort()
      removeEventListener('online', back)
    }
  }, [model, node])

  return { model, state }
}
