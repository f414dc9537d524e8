import type { Party, PlugLive } from '@werenode/core'
import type { Werenode } from '@werenode/sdk'
import { useEffect, useState } from 'react'
import { useWords } from '../../words/useWords'

const askEveryMs = 2_000
/** After this it is time to look at what was typed. */
const patienceMs = 45_000

/** The light of onboarding: green with the first reading since `since` (ISO). */
export const FirstReading = ({
  werenode,
  party,
  plugId,
  since,
}: {
  werenode: Werenode
  party: Party
  plugId: string
  since: string
}) => {
  const { t, format } = useWords()
  const [live, setLive] = useState<PlugLive>()
  const [late, setLate] = useState(false)
  const heard = live?.heardAt !== undefined && live.heardAt >= since
  const light = heard && live.registerWh !== undefined ? 'green' : live?.online ? 'connected' : 'waiting'
  useEffect(() => {
    if (light === 'green') return
    let timer: ReturnType<typeof setTimeout> | undefined
    let over = false
    const look = async (): Promise<void> => {
      const plug = await werenode
        .operator(party)
        .plug(plugId)
        // The node may be away for a moment; the light waits on.
        .catch(() => undefined)
      if (over) return
      if (plug) setLive(plug.live)
      timer = setTimeout(() => void look(), askEveryMs)
    }
    void look()
    const losing = setTimeout(() => setLate(true), patienceMs)
    return () => {
      over = true
      clearTimeout(timer)
      clearTimeout(losing)
    }
  }, [werenode, party, plugId, light])
  const energy = format.energy(Math.round(live?.registerWh ?? 0))
  return (
    <div className="wn-first" data-light={light}>
      <p role="status">
        <span className="wn-first__lamp" aria-hidden="true" />
        <strong>
          {light !== 'green'
            ? t(`plugs.light.${light}`)
            : live?.powerW === undefined
              ? t('plugs.light.greenNoPower', { energy })
              : t('plugs.light.green', { power: format.power(live.powerW), energy })}
        </strong>
      </p>
      {late && light !== 'green' ? <p className="wn-hint">{t('plugs.waitHint')}</p> : null}
    </div>
  )
}
