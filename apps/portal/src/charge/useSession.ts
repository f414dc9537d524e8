import { type SessionView, terminalStates } from '@werenode/core'
import type { CosignOutcome, SessionEvent, Werenode } from '@werenode/sdk'
import { useEffect, useState } from 'react'

type Meter = Extract<SessionEvent, { type: 'session.meter' }>['data']

export interface FollowedSession {
  readonly view?: SessionView
  readonly meter?: Meter
  readonly warnings: readonly string[]
  readonly outcome?: CosignOutcome
  readonly error?: unknown
}

/**
 * Follows a charge until it is over, and co-signs its receipt with the session key as soon as there is one: the amount is recomputed from
 * the tariff and the readings this page saw (R22).
 */
export const useSession = (werenode: Werenode, sessionId: string | undefined): FollowedSession => {
  const [followed, setFollowed] = useState<FollowedSession>({ warnings: [] })
  useEffect(() => {
    if (sessionId === undefined) return
    const ending = new AbortController()
    const set = (change: Partial<FollowedSession>): void => {
      if (!ending.signal.aborted) setFollowed((before) => ({ ...before, ...change }))
    }
    setFollowed({ warnings: [] })
    let cosigning = false
    const cosign = async (): Promise<void> => {
      if (cosigning) return
      cosigning = true
      try {
        set({ outcome: await werenode.cosign(sessionId) })
      } catch (error) {
        // Left to the dispute window; the next receipt event tries again.
        cosigning = false
        set({ error })
      }
    }
    const took = (view: SessionView): void => {
      set({ view })
      if (view.receipt && !view.cosigned && !terminalStates.has(view.state)) void cosign()
    }
    const follow = async (): Promise<void> => {
      try {
        for await (const event of werenode.live(sessionId, { signal: ending.signal, fromStart: true })) {
          if (event.type === 'session.view') took(event.data)
          else if (event.type === 'session.state') took(event.data.view)
          else if (event.type === 'session.receipt') took(event.data.view)
          else if (event.type === 'session.meter') set({ meter: event.data })
          else if (event.type === 'session.warning')
            setFollowed((before) => ({ ...before, warnings: [...new Set([...before.warnings, event.data.code])] }))
        }
        took(await werenode.session(sessionId))
      } catch (error) {
        set({ error })
      }
    }
    void follow()
    return () => ending.abort()
  }, [werenode, sessionId])
  return followed
}
