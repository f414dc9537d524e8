import {
  type Clock,
  evseKey,
  type Party,
  type Principal,
  parseTariff,
  partyOf,
  type Store,
  WerenodeError,
} from '@werenode/core'
import type { Catalogue, NewLocation } from '../catalogue/catalogue.ts'
import type { LocationDoc, TariffDoc } from '../catalogue/collections.ts'
import { locationOf } from '../catalogue/location-doc.ts'
import { priceCurve } from '../catalogue/price-curve.ts'
import type { NewLocationBody } from '../contract/catalogue.ts'
import type { Handlers } from '../http/handler.ts'
import type { Audit } from '../identity/audit.ts'
import { mustActFor } from './parties.ts'

/** Whose a station is; undefined for one nobody knows. */
export type StationParty = (stationId: string) => Promise<Party | undefined>

/** What operators do with their own part of the catalogue. */
export const operatorCatalogueRoutes = (deps: {
  store: Store
  catalogue: Pick<Catalogue, 'putLocation' | 'removeLocation' | 'putTariff' | 'removeTariff'>
  audit: Audit
  stationParty?: StationParty
  clock: Clock
}): Pick<
  Handlers,
  'putLocation' | 'removeLocation' | 'putTariff' | 'removeTariff' | 'listTariffs' | 'getPriceCurve'
> => {
  const { store, catalogue, audit, stationParty, clock } = deps

  const ownLocation = async (party: Party, locationId: string): Promise<LocationDoc | undefined> => {
    const doc = await store.get<LocationDoc>('api_locations', locationId)
    if (doc && (doc.party !== party || doc.source === 'irve' || doc.source === 'roaming'))
      throw new WerenodeError('conflict', `The location id ${locationId} is taken`, { hint: 'Choose another id.' })
    return doc
  }

  const checkBody = async (principal: Principal, party: Party, body: NewLocationBody): Promise<void> => {
    for (const { evseId, connectors } of body.evses) {
      if (partyOf(evseId) !== party)
        throw new WerenodeError('invalid-input', `EVSE ${evseId} is not one of ${party}`, {
          hint: `Its id begins with ${party.replace('*', '')}E or ${party}*E.`,
        })
      if (new Set(connectors.map(({ id }) => id)).size < connectors.length)
        throw new WerenodeError('invalid-input', `Two connectors of EVSE ${evseId} have the same number`)
    }
    const tariffIds = [...new Set(body.evses.flatMap(({ connectors }) => connectors.flatMap((one) => one.tariffIds)))]
    const tariffs = new Map((await store.getMany<TariffDoc>('api_tariffs', tariffIds)).map((doc) => [doc._id, doc]))
    const missing = tariffIds.find((id) => tariffs.get(id)?.party !== party)
    if (missing !== undefined)
      throw new WerenodeError('invalid-input', `${party} has no tariff ${missing}`, {
        hint: 'Put the tariff first: PUT /v1/parties/{party}/tariffs/{tariffId}.',
      })
    if (principal.scopes.includes('admin')) return
    // Whoever names a station commands it, so it must be the party's own.
    for (const stationId of new Set(body.evses.flatMap(({ station }) => (station ? [station.stationId] : []))))
      if ((await stationParty?.(stationId)) !== party)
        throw new WerenodeError('invalid-input', `${party} has no station ${stationId}`, {
          hint: 'Provision the station for this party first.',
        })
  }

  return {
    putLocation: async ({ principal, params: { party, locationId }, body }) => {
      mustActFor(principal, party)
      const known = await ownLocation(party, locationId)
      await checkBody(principal, party, body)
      const wanted: NewLocation = {
        ...body,
        id: locationId,
        party,
        source: known?.source ?? 'own',
        evses: body.evses.map((evse) => ({ ...evse, uid: evseKey(evse.evseId) })),
      }
      const note = audit.note({
        principal,
        act: 'putLocation',
        party,
        subject: locationId,
        details: { evses: wanted.evses.length },
      })
      await catalogue.putLocation(wanted, [note])
      return locationOf((await store.get<LocationDoc>('api_locations', locationId))!)
    },

    removeLocation: async ({ principal, params: { party, locationId } }) => {
      mustActFor(principal, party)
      if (!(await ownLocation(party, locationId)))
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
