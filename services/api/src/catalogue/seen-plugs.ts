import {
  type Bus,
  type CollectionSpec,
  type Doc,
  type EventEnvelope,
  evseKey,
  isWerenodeError,
  type Party,
  type Store,
  type Unsubscribe,
} from '@werenode/core'
import type { EvseDoc } from './collections.ts'
import type { StationParty } from './own-places.ts'

/** A plug that a station has told of. `_id` is `<stationId>/<evse>`. */
export interface SeenPlugDoc extends Doc {
  readonly stationId: string
  readonly evse: number
  readonly connectors: readonly number[]
  readonly firstSeenAt: string
  readonly lastStatus: string
}

const collection = 'api_seen_plugs'
export const seenPlugCollection: CollectionSpec = { name: collection, indexes: [{ fields: ['stationId', 'evse'] }] }

/** Remembers every plug that any station tells of, so that a station which connects is half-way into the catalogue. */
export const followSeenPlugs = ({ store, bus }: { store: Store; bus: Bus }): Promise<Unsubscribe> =>
  bus.consume({ group: 'api-seen-plugs', types: ['station.status'], from: 'start', concurrency: 4 }, async (event) => {
    const { stationId, evse, connector, status } = (event as EventEnvelope<'station.status'>).data
    // EVSE 0 speaks for the whole station.
    if (evse === 0) return
    const _id = `${stationId}/${evse}`
    for (;;) {
      const known = await store.get<SeenPlugDoc>(collection, _id)
      if (known?.connectors.includes(connector) && known.lastStatus === status) return
      const doc: SeenPlugDoc = {
        _id,
        stationId,
        evse,
        connectors: [...new Set([...(known?.connectors ?? []), connector])].sort((a, b) => a - b),
        firstSeenAt: known?.firstSeenAt ?? event.at,
        lastStatus: status,
      }
      try {
        await store.write([
          known ? { op: 'replace', in: collection, doc, rev: known._rev } : { op: 'insert', in: collection, doc },
        ])
        return
      } catch (error) {
        if (!isWerenodeError(error) || error.code !== 'conflict') throw error
      }
    }
  })

const mostLooked = 10_000

/** A party's plugs that stand nowhere yet, each as an EVSE to complete: connector kind, power and tariff only its owner knows. */
export const unplacedPlugs = async (store: Store, party: Party, stationParty: StationParty | undefined) => {
  const { items } = await store.find<SeenPlugDoc>(collection, {}, { sort: [['_id', 1]], limit: mostLooked })
  const owners = new Map<string, Party | undefined>()
  const found = []
  for (const { stationId, evse, connectors, firstSeenAt, lastStatus } of items) {
    if (!owners.has(stationId)) owners.set(stationId, await stationParty?.(stationId))
    if (owners.get(stationId) !== party) continue
    if ((await store.find<EvseDoc>('api_evses', { stationId, evse }, { limit: 1 })).items.length > 0) continue
    found.push({
      stationId,
      evse,
      connectors,
      firstSeenAt,
      lastStatus,
      suggestedEvseId: `${party}*E${evseKey(stationId).slice(0, 24)}*${evse}`,
    })
  }
  return found
}
