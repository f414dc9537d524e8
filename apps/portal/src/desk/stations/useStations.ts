import type { Party } from '@werenode/core'
import type { Schemas, Werenode } from '@werenode/sdk'
import { useCallback, useEffect, useState } from 'react'

/** How often links and statuses are looked at; a station's own plugs are live on the board. */
const lookEveryMs = 5_000

/** A party's charging stations, looked at again while they are on the screen. */
export const useStations = (werenode: Werenode, party: Party) => {
  const [stations, setStations] = useState<readonly Schemas['Station'][]>([])
  const [loaded, setLoaded] = useState(false)
  const [error, setError] = useState<unknown>()
  const reload = useCallback(async (): Promise<void> => {
    try {
      const all: Schemas['Station'][] = []
      let after: string | undefined
      do {
        const page = await werenode.api.listStations({
          params: { party },
          query: { limit: '200', ...(after === undefined ? {} : { after }) },
        })
        all.push(...page.items)
        after = page.next
      } while (after !== undefined)
      setStations(all)
      setError(undefined)
    } catch (problem) {
      setError(problem)
    } finally {
      setLoaded(true)
    }
  }, [werenode, party])
  useEffect(() => {
    let over = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = async (): Promise<void> => {
      if (document.visibilityState === 'visible') await reload()
      if (!over) timer = setTimeout(() => void look(), lookEveryMs)
    }
    void look()
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [reload])
  return { stations, loaded, error, reload }
}
