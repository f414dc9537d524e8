import {
  type Bus,
  type Clock,
  type ConnectorStatus,
  type EventEnvelope,
  type EvseStatus,
  isWerenodeError,
  newEvent,
  type Store,
  type Stored,
  type Unsubscribe,
  type WriteOp,
} from '@werenode/core'
import type { EvseDoc, LocationDoc, StationLinkDoc } from './collections.ts'
import { locationDoc, locationOf, writeLocation } from './location-doc.ts'
import { statusOfConnectors } from './status.ts'

/**
 * Keeps the EVSEs' statuses true to what their stations say. A station that is gone leaves UNKNOWN behind; when its link is back,
 * its last words hold again until it says otherwise (a station reports what changed while it was offline: OCPP 1.6 §4.9).
 */
export const followStations = async (deps: { store: Store; bus: Bus; clock: Clock }): Promise<Unsubscribe> => {
  const { store, bus, clock } = deps

  const evsesOf = async (stationId: string): Promise<readonly Stored<EvseDoc>[]> =>
    (await store.find<EvseDoc>('api_evses', { stationId }, { limit: 1_000 })).items

  const onStatus = async (event: EventEnvelope<'station.status'>): Promise<void> => {
    const { stationId, evse, connector, status, stale } = event.data
    if (stale) return
    const evses = await evsesOf(stationId)
    // OCPP 1.6: connector 0 speaks for the whole station; only its being out of service touches the plugs.
    const whole = evse === 0
    if (whole && status !== 'Unavailable' && status !== 'Faulted') return
    const changed = evses
      .filter((doc) => whole || doc.evse === evse)
      .map((doc) => ({
        doc,
        connectorStatus: whole ? allTo(doc, status) : { ...doc.connectorStatus, [connector]: status },
      }))
    await apply(event, changed, ({ connectorStatus }) => statusOfConnectors(Object.values(connectorStatus)))
  }

  /** What flows, for those who look at a map; kept nowhere. */
  const onReading = async (event: EventEnvelope<'station.reading'>): Promise<void> => {
    const { stationId, evse, powerW } = event.data
    if (powerW === undefined) return
    for (const doc of await evsesOf(stationId)) {
      const location = doc.evse === evse ? await store.get<LocationDoc>('api_locations', doc.locationId) : undefined
      if (!location || location.gone) continue
      await bus.commit(
        [],
        [
          newEvent({
            id: `${event.id}:${doc._id}`,
            type: 'catalogue.changed',
            at: new Date(event.at),
            subject: `location.${doc.locationId}`,
            data: {
              locationId: doc.locationId,
              evseId: doc.evseId,
              what: 'power',
              powerW: Math.round(powerW),
              position: location.position,
            },
          }),
        ],
      )
    }
  }

  const onLink = async (
    event: EventEnvelope<'station.connected'> | EventEnvelope<'station.disconnected'>,
  ): Promise<void> => {
    const { stationId, epoch } = event.data
    const online = event.type === 'station.connected'
    const known = await store.get<StationLinkDoc>('api_station_links', stationId)
    if (known && (known.epoch > epoch || (known.epoch === epoch && known.online === online))) return
    const protocol = event.type === 'station.connected' ? event.data.protocol : known?.protocol
    const link: StationLinkDoc = { _id: stationId, online, epoch, ...(protocol === undefined ? {} : { protocol }) }
    const evses = (await evsesOf(stationId)).map((doc) => ({ doc, connectorStatus: doc.connectorStatus }))
    await apply(
      event,
      evses,
      ({ connectorStatus }) => (online ? statusOfConnectors(Object.values(connectorStatus)) : 'UNKNOWN'),
      [
        known
          ? { op: 'replace', in: 'api_station_links', doc: link, rev: known._rev }
          : { op: 'insert', in: 'api_station_links', doc: link },
      ],
    )
  }

  /** Writes the EVSEs' new words and statuses with their locations, and tells what changed. */
  const apply = async (
    cause: EventEnvelope,
    changes: readonly { doc: Stored<EvseDoc>; connectorStatus: EvseDoc['connectorStatus'] }[],
    statusOf: (change: { connectorStatus: EvseDoc['connectorStatus'] }) => EvseStatus,
    also: readonly WriteOp[] = [],
  ): Promise<void> => {
    const locations = new Map(
      (await store.getMany<LocationDoc>('api_locations', [...new Set(changes.map(({ doc }) => doc.locationId))])).map(
        (one) => [one._id, one],
      ),
    )
    const ops: WriteOp[] = [...also]
    const events: ReturnType<typeof newEvent>[] = []
    for (const change of changes) {
      const { _rev, ...doc } = change.doc
      if (JSON.stringify(doc.connectorStatus) !== JSON.stringify(change.connectorStatus))
        ops.push({
          op: 'replace',
          in: 'api_evses',
          doc: { ...doc, connectorStatus: change.connectorStatus } as EvseDoc,
          rev: _rev,
        })
      const location = locations.get(doc.locationId)
      const status = statusOf(change)
      const before = location?.evses.find(({ evseId }) => evseId === doc.evseId)
      if (!location || !before || before.status === status || before.status === 'REMOVED') continue
      const evses = location.evses.map((evse) => (evse === before ? { ...evse, status, statusAt: cause.at } : evse))
      const at = clock()
      locations.set(doc.locationId, {
        ...locationDoc({ ...locationOf(location), evses, lastUpdated: at.toISOString() }, location),
        _rev: location._rev,
      })
      events.push(
        newEvent({
          id: `${cause.id}:${doc._id}`,
          type: 'catalogue.changed',
          at,
          subject: `location.${doc.locationId}`,
          data: {
            locationId: doc.locationId,
            evseId: doc.evseId,
            what: 'status',
            status,
            statusAt: cause.at,
            position: location.position,
          },
        }),
      )
    }
    for (const id of new Set(events.map(({ data }) => (data as { locationId: string }).locationId))) {
      const { _rev, ...doc } = locations.get(id)!
      ops.push(...writeLocation(doc as LocationDoc, _rev))
    }
    if (ops.length > 0) await bus.commit(ops, events)
  }

  return bus.consume(
    {
      group: 'catalogue',
      types: ['station.status', 'station.connected', 'station.disconnected', 'station.reading'],
      from: 'start',
      concurrency: 16,
    },
    async (event) => {
      // Two stations of one location may write it at once: the later reads again.
      for (let attempt = 1; ; attempt += 1)
        try {
          if (event.type === 'station.status') await onStatus(event as EventEnvelope<'station.status'>)
          else if (event.type === 'station.reading') await onReading(event as EventEnvelope<'station.reading'>)
          else await onLink(event as EventEnvelope<'station.connected'>)
          return
        } catch (error) {
          if (!isWerenodeError(error) || error.code !== 'conflict' || attempt >= 20) throw error
        }
    },
  )
}

const allTo = (doc: EvseDoc, status: ConnectorStatus): EvseDoc['connectorStatus'] => {
  const known = Object.keys(doc.connectorStatus)
  return Object.fromEntries((known.length > 0 ? known : ['1']).map((connector) => [connector, status]))
}
