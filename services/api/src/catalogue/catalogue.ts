import {
  type Bus,
  type Clock,
  type Evse,
  type Location,
  newEvent,
  type Party,
  type Store,
  type Unsubscribe,
  WerenodeError,
  type WriteOp,
} from '@werenode/core'
import { catalogueCollections, type LocationDoc, type TariffDoc } from './collections.ts'
import { followStations } from './live-status.ts'
import { type OperatorIdentity, serveOffers } from './offer.ts'
import { operatorFromRelayer } from './operator.ts'
import { createPutLocation, createRemoveLocation } from './put-location.ts'
import { serveRoaming } from './roaming.ts'
import { same } from './same.ts'

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
  putLocation(location: NewLocation, also?: readonly WriteOp[]): Promise<void>
  /** Takes a location off the map: its EVSEs become REMOVED, nothing is deleted. */
  removeLocation(locationId: string, also?: readonly WriteOp[]): Promise<void>
  /** Throws `conflict` for a tariff of another party. */
  putTariff(tariff: OcpiTariff, also?: readonly WriteOp[]): Promise<void>
  /** Throws `conflict` while a connector of the party names it, `not-found` when it is not theirs. */
  removeTariff(party: Party, tariffId: string, also?: readonly WriteOp[]): Promise<void>
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
  const putLocation = createPutLocation({ store, bus, clock })
  const tariffChanged = (tariffId: string, rev: number, gone: boolean) =>
    newEvent({
      id: `tariff:${tariffId}:${clock().getTime()}:${rev}:${gone ? 'gone' : 'put'}`,
      type: 'tariff.changed',
      at: clock(),
      subject: `tariff.${tariffId}`,
      data: { tariffId, gone },
    })

  return {
    prepare: () => store.define(catalogueCollections),
    async start() {
      await store.define(catalogueCollections)
      running.push(serveOffers({ store, bus, clock, operator: deps.operator ?? operatorFromRelayer({ bus, clock }) }))
      running.push(...serveRoaming({ store, bus, clock, putLocation }))
      running.push(await followStations({ store, bus, clock }))
    },
    async stop() {
      for (const stop of running.splice(0)) await stop()
    },

    putLocation,
    removeLocation: createRemoveLocation({ store, bus, clock }),

    async putTariff(tariff, also = []) {
      const party = partyOfTariff(tariff)
      const doc: TariffDoc = { _id: tariff.id, tariff, ...(party === undefined ? {} : { party }) }
      const known = await store.get<TariffDoc>('api_tariffs', tariff.id)
      if (known?.party !== undefined && known.party !== party)
        throw new WerenodeError('conflict', `The tariff id ${tariff.id} is taken by another party`, {
          hint: 'Choose another id.',
        })
      if (known && same(known.tariff, tariff)) return
      await bus.commit(
        [
          known ? { op: 'replace', in: 'api_tariffs', doc, rev: known._rev } : { op: 'insert', in: 'api_tariffs', doc },
          ...also,
        ],
        [tariffChanged(tariff.id, (known?._rev ?? 0) + 1, false)],
      )
    },

    async removeTariff(party, tariffId, also = []) {
      const known = await store.get<TariffDoc>('api_tariffs', tariffId)
      if (!known || known.party !== party) throw new WerenodeError('not-found', `${party} has no tariff ${tariffId}`)
      let after: string | undefined
      do {
        const page = await store.find<LocationDoc>(
          'api_locations',
          { party, gone: false },
          { sort: [['_id', 1]], limit: 200, ...(after === undefined ? {} : { after }) },
        )
        for (const { _id, evses } of page.items)
          if (evses.some(({ connectors }) => connectors.some(({ tariffIds }) => tariffIds.includes(tariffId))))
            throw new WerenodeError('conflict', `Location ${_id} charges by tariff ${tariffId}`, {
              hint: 'Give its connectors another tariff first.',
            })
        after = page.next
      } while (after !== undefined)
      await bus.commit(
        [{ op: 'delete', in: 'api_tariffs', id: tariffId, rev: known._rev }, ...also],
        [tariffChanged(tariffId, known._rev, true)],
      )
    },
  }
}

/** `FR*WRN` of the tariff's own country code and party id. */
const partyOfTariff = ({ country_code: country, party_id: id }: OcpiTariff): Party | undefined =>
  typeof country === 'string' && typeof id === 'string' ? (`${country}*${id}`.toUpperCase() as Party) : undefined
