import {
  type Bus,
  type Clock,
  type Evse,
  type EvseKey,
  evseKey,
  type Location,
  newEvent,
  type Store,
  type Stored,
  type Unsubscribe,
  WerenodeError,
  type WriteOp,
} from '@werenode/core'
import { catalogueCollections, type EvseDoc, type LocationDoc, type TariffDoc } from './collections.ts'
import { followStations } from './live-status.ts'
import { locationDoc, locationOf, writeLocation } from './location-doc.ts'
import { type OperatorIdentity, serveOffers } from './offer.ts'
import { operatorFromRelayer } from './operator.ts'

/** A location as its owner describes it; statuses come from the stations. */
export type NewLocation = Omit<Location, 'evses' | 'lastUpdated'> & {
  readonly evses: readonly Omit<Evse, 'status' | 'statusAt'>[]
}
/** An OCPI 2.2.1 Tariff; `id` is how connectors name it. */
export type OcpiTariff = Readonly<Record<string, unknown>> & { readonly id: string }

export interface Catalogue {
  /** Creates the collections; idempotent. `start` does it too. */
  prepare(): Promise<void>
  /** Serves `catalogue.offer` and follows the stations. */
  start(): Promise<void>
  stop(): Promise<void>
  /**
   * Creates or changes an own, demo or roaming location. EVSEs keep their live status; those left out become REMOVED; an EVSE that
   * was known from open data moves here. Writes nothing when nothing changed. Throws `conflict` for an EVSE of another such location.
   */
  putLocation(location: NewLocation): Promise<void>
  putTariff(tariff: OcpiTariff): Promise<void>
}

/** Locations, EVSEs, connectors and tariffs: owned here, asked for over the bus. */
export const createCatalogue = (deps: {
  store: Store
  bus: Bus
  clock: Clock
  /** Whose plugs these are; default: what the relayer says. */
  operator?: () => Promise<OperatorIdentity>
}): Catalogue => {
  const { store, bus, clock } = deps
  const running: Unsubscribe[] = []

  return {
    prepare: () => store.define(catalogueCollections),
    async start() {
      await store.define(catalogueCollections)
      running.push(serveOffers({ store, bus, clock, operator: deps.operator ?? operatorFromRelayer({ bus, clock }) }))
      running.push(await followStations({ store, bus, clock }))
    },
    async stop() {
      for (const stop of running.splice(0)) await stop()
    },

    async putTariff(tariff) {
      const doc: TariffDoc = { _id: tariff.id, tariff }
      const known = await store.get<TariffDoc>('api_tariffs', tariff.id)
      if (known && same(known.tariff, tariff)) return
      await store.write([
        known ? { op: 'replace', in: 'api_tariffs', doc, rev: known._rev } : { op: 'insert', in: 'api_tariffs', doc },
      ])
    },

    async putLocation(wanted) {
      const known = await store.get<LocationDoc>('api_locations', wanted.id)
      const keys = wanted.evses.map(({ evseId }) => evseKey(evseId))
      if (new Set(keys).size < keys.length)
        throw new WerenodeError('invalid-input', `Location ${wanted.id} names an EVSE twice`, {
          hint: 'Separators and case do not tell EVSE ids apart.',
        })
      const indexed = new Map((await store.getMany<EvseDoc>('api_evses', keys)).map((doc) => [doc._id as EvseKey, doc]))
      const { ops: taken, from } = await takeFromOpenData(store, wanted.id, [...indexed.values()], clock())
      const at = clock().toISOString()
      const before = new Map(known?.evses.map((evse) => [evseKey(evse.evseId), evse]))
      const evses: Evse[] = wanted.evses.map((evse) => {
        const { status = 'UNKNOWN', statusAt = at } = before.get(evseKey(evse.evseId)) ?? {}
        return { ...evse, status: status === 'REMOVED' ? 'UNKNOWN' : status, statusAt }
      })
      // OCPI 2.2.1 §8.3.2: an EVSE is never deleted, because sessions may name it.
      const removed = (known?.evses ?? [])
        .filter(({ evseId }) => !keys.includes(evseKey(evseId)))
        .map(
          (evse): Evse =>
            evse.status === 'REMOVED' ? evse : { ...evse, status: 'REMOVED', statusAt: at, payable: false },
        )
      const next: Location = { ...wanted, evses: [...evses, ...removed], lastUpdated: at }
      if (known && from.length === 0 && same({ ...locationOf(known), lastUpdated: at }, next)) return

      const doc = locationDoc(next)
      const ops: WriteOp[] = [
        ...taken,
        ...writeLocation(doc, known?._rev ?? 0),
        ...wanted.evses.map((evse): WriteOp => {
          const index = indexed.get(evseKey(evse.evseId))
          const entry: EvseDoc = {
            _id: evseKey(evse.evseId),
            evseId: evse.evseId,
            locationId: wanted.id,
            ...(evse.station ? { stationId: evse.station.stationId, evse: evse.station.evse } : {}),
            connectorStatus: index?.locationId === wanted.id ? index.connectorStatus : {},
          }
          return index
            ? { op: 'replace', in: 'api_evses', doc: entry, rev: index._rev }
            : { op: 'insert', in: 'api_evses', doc: entry }
        }),
      ]
      await bus.commit(ops, [
        newEvent({
          id: `catalogue:${wanted.id}:${(known?._rev ?? 0) + 1}`,
          type: 'catalogue.changed',
          at: clock(),
          subject: `location.${wanted.id}`,
          data: { locationId: wanted.id, what: 'location', position: wanted.position },
        }),
      ])
    },
  }
}

/** EVSEs that open data placed elsewhere leave there; those of a location somebody runs are refused. */
const takeFromOpenData = async (store: Store, locationId: string, indexed: readonly Stored<EvseDoc>[], at: Date) => {
  const elsewhere = indexed.filter((doc) => doc.locationId !== locationId)
  const from = await store.getMany<LocationDoc>('api_locations', [...new Set(elsewhere.map((doc) => doc.locationId))])
  const ops = from.flatMap(({ _rev, ...doc }): readonly WriteOp[] => {
    const leaving = elsewhere.filter((one) => one.locationId === doc._id)
    if (doc.source !== 'irve')
      throw new WerenodeError('conflict', `EVSE ${leaving[0]!.evseId} belongs to location ${doc._id}`, {
        hint: 'Remove it there first, or give this plug its own id.',
      })
    const keys = new Set(leaving.map(({ _id }) => _id))
    const evses = doc.evses.filter(({ evseId }) => !keys.has(evseKey(evseId)))
    const rest = locationDoc(
      { ...locationOf(doc as LocationDoc), evses, lastUpdated: at.toISOString() },
      { gone: evses.length === 0 },
    )
    return writeLocation(rest, _rev)
  })
  return { ops, from }
}

const same = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b)

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
