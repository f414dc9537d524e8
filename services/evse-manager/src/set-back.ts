import {
  type Clock,
  longestPauseS,
  type SessionRecord,
  type SessionSettings,
  type Store,
  withinReach,
} from '@werenode/core'
import { collections } from './collections.ts'
import type { Sessions } from './sessions.ts'

/** Takes up at once what a clock that was ahead had put off until later than any pause of ours. */
export const createCatchUp =
  (deps: { store: Store; clock: Clock; sessions: Sessions; settings: SessionSettings }) => async (): Promise<void> => {
    const now = deps.clock()
    const at = now.toISOString()
    const beyond = new Date(now.getTime() + longestPauseS * 1000).toISOString()
    let after: string | undefined
    do {
      const page = await deps.store.find<SessionRecord>(
        collections.sessions,
        { dueAt: { $gt: beyond } },
        { sort: [['dueAt', 1]], limit: 500, ...(after === undefined ? {} : { after }) },
      )
      for (const record of page.items) {
        const { outbox, timers } = withinReach(record, at, deps.settings)
        const isFar =
          JSON.stringify({ outbox, timers }) !== JSON.stringify({ outbox: record.outbox, timers: record.timers })
        if (isFar) await deps.sessions.act(record._id, () => ({ input: { type: 'clockSetBack', at } }))
      }
      after = page.next
    } while (after !== undefined)
  }
