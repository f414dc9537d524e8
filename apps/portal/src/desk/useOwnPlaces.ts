import type { Location, Party } from '@werenode/core'
import type { Werenode } from '@werenode/sdk'
import { useCallback, useEffect, useState } from 'react'

export interface OwnPlaces {
  readonly places: readonly Location[]
  readonly loaded: boolean
  /** The stream of the catalogue is up. */
  readonly live: boolean
  readonly error?: unknown
  reload(): Promise<void>
}

/** A party's places with their plugs as they are now: read once, then each as it changes. */
export const useOwnPlaces = (werenode: Werenode, party: Party): OwnPlaces => {
  const [places, setPlaces] = useState<readonly Location[]>([])
  const [loaded, setLoaded] = useState(false)
  const [live, setLive] = useState(false)
  const [error, setError] = useState<unknown>()

  const reload = useCallback(async (): Promise<void> => {
    try {
      const ids: string[] = []
      let cursor: string | undefined
      do {
        const page = await werenode.api.listLocations({
          query: { party, limit: '200', ...(cursor === undefined ? {} : { cursor }) },
        } as never)
        const { items, next } = page as { items: readonly { id: string }[]; next?: string }
        ids.push(...items.map(({ id }) => id))
        cursor = next
      } while (cursor !== undefined)
      const details: Location[] = []
      for (const id of ids) details.push((await werenode.locations.get(id)).location)
      setPlaces(details)
      setError(undefined)
    } catch (problem) {
      setError(problem)
    } finally {
      setLoaded(true)
    }
  }, [werenode, party])

  useEffect(() => {
    void reload()
  }, [reload])

  useEffect(() => {
    const ending = new AbortController()
    const follow = async (): Promise<void> => {
      setLive(true)
      for await (const { locationId } of werenode.locations.live({ signal: ending.signal })) {
        const { location } = await werenode.locations.get(locationId)
        if (location.party === party && !ending.signal.aborted)
          setPlaces((before) => before.map((place) => (place.id === location.id ? location : place)))
      }
    }
    follow()
      .catch(() => undefined)
      .finally(() => setLive(false))
    return () => ending.abort()
  }, [werenode, party])

  return { places, loaded, live, reload, ...(error === undefined ? {} : { error }) }
}
