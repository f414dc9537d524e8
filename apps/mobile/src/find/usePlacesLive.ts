import { useEffect } from 'react'
import { tell } from '../device/notifications'
import { useFeel } from '../look/feel'
import { useApp } from '../node/app'
import { useWords } from '../words/words'

/** Keeps the map true to what plugs tell, and says when a plug is free that the driver waits for. */
export const usePlacesLive = (): void => {
  const { werenode, map, settings, change, online } = useApp()
  const { t } = useWords()
  const feel = useFeel()
  useEffect(() => {
    if (!online) return
    const ending = new AbortController()
    const follow = async (): Promise<void> => {
      for await (const { locationId, status } of werenode.locations.live({ signal: ending.signal })) {
        map.changed(locationId)
        if (status === 'AVAILABLE' && settings.waitingFor.includes(locationId)) {
          const { location } = await werenode.locations.get(locationId)
          change({ waitingFor: settings.waitingFor.filter((id) => id !== locationId) })
          feel.success()
          await tell({
            id: `free ${locationId}`,
            title: t('find.isFree', { place: location.name }),
            body: location.address,
            path: `place/${encodeURIComponent(locationId)}`,
          })
        }
      }
    }
    // It comes back with the network; what is shown says how old it is.
    follow().catch(() => undefined)
    return () => ending.abort()
  }, [werenode, map, settings.waitingFor, change, online, t, feel])
}
