import { type Bus, type Clock, type Evse, evseKey, isWerenodeError, newEvent, type Store } from '@werenode/core'
import type { LocationDoc } from './collections.ts'
import { locationDoc, locationOf, writeLocation } from './location-doc.ts'

export type ToldStatus = Pick<Evse, 'evseId' | 'status' | 'statusAt'>

/**
 * Statuses that somebody else tells of the EVSEs of one location (a roaming partner, open data): written with it, and told on. Those
 * that say what is known already, or of EVSEs that are not there, change nothing. Answers how many changed.
 */
export const createTellStatuses = ({ store, bus, clock }: { store: Store; bus: Bus; clock: Clock }) => {
  return async (
    locationId: string,
    told: readonly ToldStatus[],
    /** Whether what is told may replace what is known; default: always. */
    mayReplace: (known: Evse, now: ToldStatus) => boolean = () => true,
  ): Promise<number> => {
    const byKey = new Map(told.map((evse) => [evseKey(evse.evseId), evse]))
    for (let attempt = 1; ; attempt += 1) {
      const known = await store.get<LocationDoc>('api_locations', locationId)
      if (known === undefined || known.gone) return 0
      const { _rev, ...doc } = known
      const news = doc.evses.flatMap((evse) => {
        const now = byKey.get(evseKey(evse.evseId))
        return now === undefined || now.status === evse.status || !mayReplace(evse, now) ? [] : [now]
      })
      if (news.length === 0) return 0
      const evses = doc.evses.map((evse) => {
        const now = news.find(({ evseId }) => evseKey(evseId) === evseKey(evse.evseId))
        return now === undefined ? evse : { ...evse, status: now.status, statusAt: now.statusAt }
      })
      const at = clock()
      const next = locationDoc({ ...locationOf(doc as LocationDoc), evses, lastUpdated: at.toISOString() }, doc)
      const events = news.map(({ evseId, status, statusAt }) =>
        newEvent({
          id: `catalogue:${locationId}:${_rev + 1}:${evseKey(evseId)}`,
          type: 'catalogue.changed',
          at,
          subject: `location.${locationId}`,
          data: { locationId, evseId, what: 'status', status, statusAt, position: doc.position },
        }),
      )
      try {
        await bus.commit(writeLocation(next, _rev), events)
        return news.length
      } catch (error) {
        if (!isWerenodeError(error) || error.code !== 'conflict' || attempt >= 20) throw error
      }
    }
  }
}
