import {
  answer,
  type Bus,
  type CatalogueTariff,
  type Clock,
  type Location,
  type Store,
  type Unsubscribe,
  WerenodeError,
} from '@werenode/core'
import type { Catalogue } from './catalogue.ts'
import type { LocationDoc, TariffDoc } from './collections.ts'
import { locationOf } from './location-doc.ts'
import { same } from './same.ts'
import { createTellStatuses } from './tell-statuses.ts'

/** A partner's tariff: kept beside ours, never told to others as ours. */
interface RoamingTariffDoc extends TariffDoc {
  readonly roaming: true
}

/** What roaming asks of the catalogue: our part to tell, and partners' parts to show. */
export const serveRoaming = (deps: {
  store: Store
  bus: Bus
  clock: Clock
  putLocation: Catalogue['putLocation']
}): readonly Unsubscribe[] => {
  const { store, bus, putLocation } = deps

  const put = async (location: Location): Promise<void> => {
    const known = await store.get<LocationDoc>('api_locations', location.id)
    if (known !== undefined && known.source !== 'roaming')
      throw new WerenodeError('conflict', `The location id ${location.id} is taken`)
    const there = location.evses.filter(({ status }) => status !== 'REMOVED')
    await putLocation({ ...location, evses: there.map(({ status: _now, statusAt: _at, ...evse }) => evse) })
    await tellStatuses(location.id, there)
  }

  /** Statuses come with a partner's location; ours come from stations. */
  const tellStatuses = createTellStatuses(deps)

  const putTariff = async (tariff: CatalogueTariff): Promise<void> => {
    const known = await store.get<Partial<RoamingTariffDoc> & TariffDoc>('api_tariffs', tariff.id)
    if (known !== undefined && known.roaming !== true)
      throw new WerenodeError('conflict', `The tariff id ${tariff.id} is taken`)
    if (known !== undefined && same(known.tariff, tariff)) return
    const doc: RoamingTariffDoc = { _id: tariff.id, tariff, roaming: true }
    await store.write([{ op: 'put', in: 'api_tariffs', doc }])
  }

  return [
    answer(bus, 'catalogue.locations', async ({ sources = ['own', 'demo'], after, limit }) => {
      const page = await store.find<LocationDoc>(
        'api_locations',
        { source: { $in: sources }, gone: false },
        { sort: [['_id', 1]], limit: Math.min(limit, 1_000), ...(after === undefined ? {} : { after }) },
      )
      return {
        items: page.items.map(({ _rev, ...doc }) => locationOf(doc as LocationDoc)),
        ...(page.next === undefined ? {} : { next: page.next }),
      }
    }),
    answer(bus, 'catalogue.location', async ({ locationId }) => {
      const known = await store.get<LocationDoc>('api_locations', locationId)
      if (known === undefined || known.gone) return {}
      const { _rev, ...doc } = known
      return { location: locationOf(doc as LocationDoc) }
    }),
    answer(bus, 'catalogue.tariffs', async () => {
      const items: CatalogueTariff[] = []
      let after: string | undefined
      do {
        const page = await store.find<TariffDoc>(
          'api_tariffs',
          { roaming: { $ne: true } },
          { sort: [['_id', 1]], limit: 1_000, ...(after === undefined ? {} : { after }) },
        )
        items.push(...page.items.map(({ tariff }) => tariff as CatalogueTariff))
        after = page.next
      } while (after !== undefined)
      return { items }
    }),
    answer(bus, 'catalogue.putRoaming', async ({ location }) => {
      await put(location)
      return {}
    }),
    answer(bus, 'catalogue.putTariff', async ({ tariff }) => {
      await putTariff(tariff)
      return {}
    }),
  ]
}
