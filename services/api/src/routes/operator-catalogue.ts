import { type Clock, evseKey, parseTariff, type Store, WerenodeError } from '@werenode/core'
import type { Catalogue, NewLocation } from '../catalogue/catalogue.ts'
import type { LocationDoc, TariffDoc } from '../catalogue/collections.ts'
import { locationOf } from '../catalogue/location-doc.ts'
import type { OwnPlaces } from '../catalogue/own-places.ts'
import { priceCurve } from '../catalogue/price-curve.ts'
import type { Handlers } from '../http/handler.ts'
import type { Audit } from '../identity/audit.ts'
import { mustActFor } from './parties.ts'

/** What operators do with their own part of the catalogue. */
export const operatorCatalogueRoutes = (deps: {
  store: Store
  catalogue: Pick<Catalogue, 'putLocation' | 'removeLocation' | 'putTariff' | 'removeTariff'>
  own: OwnPlaces
  audit: Audit
  clock: Clock
}): Pick<
  Handlers,
  'putLocation' | 'removeLocation' | 'putTariff' | 'removeTariff' | 'listTariffs' | 'getPriceCurve'
> => {
  const { store, catalogue, own, audit, clock } = deps

  return {
    putLocation: async ({ principal, params: { party, locationId }, body }) => {
      mustActFor(principal, party)
      const wanted: NewLocation = {
        ...body,
        id: locationId,
        party,
        source: 'own',
        evses: body.evses.map((evse) => ({ ...evse, uid: evseKey(evse.evseId) })),
      }
      const known = await own.check(principal, party, wanted)
      const note = audit.note({
        principal,
        act: 'putLocation',
        party,
        subject: locationId,
        details: { evses: wanted.evses.length },
      })
      await catalogue.putLocation(
        { ...wanted, source: known?.source ?? 'own', ...(known?.photos ? { photos: known.photos } : {}) },
        [note],
      )
      return locationOf((await store.get<LocationDoc>('api_locations', locationId))!)
    },

    removeLocation: async ({ principal, params: { party, locationId } }) => {
      mustActFor(principal, party)
      if (!(await own.find(party, locationId)))
        throw new WerenodeError('not-found', `${party} has no location ${locationId}`)
      await catalogue.removeLocation(locationId, [
        audit.note({ principal, act: 'removeLocation', party, subject: locationId }),
      ])
      return undefined
    },

    putTariff: async ({ principal, params: { party, tariffId }, body }) => {
      mustActFor(principal, party)
      const [country_code, party_id] = party.split('*')
      const tariff = { ...body, country_code, party_id, id: tariffId }
      // Throws where it is malformed, or holds something that cannot be priced exactly.
      parseTariff(tariff)
      await catalogue.putTariff(tariff, [audit.note({ principal, act: 'putTariff', party, subject: tariffId })])
      return tariff
    },

    removeTariff: async ({ principal, params: { party, tariffId } }) => {
      mustActFor(principal, party)
      await catalogue.removeTariff(party, tariffId, [
        audit.note({ principal, act: 'removeTariff', party, subject: tariffId }),
      ])
      return undefined
    },

    getPriceCurve: async ({ body: { startAt, ...wish } }) =>
      priceCurve({
        ...wish,
        tariff: { id: 'draft', ...wish.tariff },
        startAt: startAt === undefined ? clock() : new Date(startAt),
      }),

    listTariffs: async ({ principal, params: { party } }) => {
      mustActFor(principal, party)
      const { items } = await store.find<TariffDoc>('api_tariffs', { party }, { sort: [['_id', 1]], limit: 1_000 })
      return { items: items.map(({ tariff }) => tariff) }
    },
  }
}
