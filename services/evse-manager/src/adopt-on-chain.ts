import { type Clock, isWerenodeError, type SessionRecord, type Store } from '@werenode/core'
import type { Log } from './chain-events.ts'
import { collections } from './collections.ts'
import { newSession } from './new-session.ts'
import type { StoredQuote } from './quote.ts'
import type { Sessions } from './sessions.ts'

/**
 * A deposit opened on chain by the driver himself, with a quote of ours: the id is the hash of the terms, so a stored quote of
 * that id is those very terms (R24). The same corridor follows; a plug that is taken meanwhile gives the deposit back at once.
 */
export const createAdoptOnChain =
  (deps: { store: Store; clock: Clock; sessions: Sessions }) =>
  async (event: Log): Promise<SessionRecord | undefined> => {
    const { sessionId } = event.data
    if (sessionId === undefined) return undefined
    const stored = await deps.store.get<StoredQuote>(collections.quotes, sessionId)
    if (stored === undefined) return undefined
    const record = newSession({
      sessionId,
      door: 'chain',
      terms: stored.quote.terms,
      operatorSignature: stored.quote.operatorSignature,
      offer: stored.offer,
      at: event.at,
      onChain: true,
    })
    try {
      return await deps.sessions.create(record)
    } catch (error) {
      if (!isWerenodeError(error) || error.code !== 'conflict') throw error
      const again = await deps.sessions.find(sessionId)
      if (again) return again
      return deps.sessions.create(refused(record))
    }
  }

/** Someone else was first at the plug (R43): this deposit is cancelled as soon as the opening is noted. */
const refused = (record: SessionRecord): SessionRecord => ({
  ...record,
  holdsConnector: false,
  stopReason: 'operator',
  message: 'Someone else was first at this plug; your deposit goes back at once.',
})
