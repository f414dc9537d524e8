import { type Clock, type Principal, type Store, WerenodeError } from '@werenode/core'
import {
  type CardDoc,
  cardHash,
  createThings,
  type FavouriteDoc,
  lastSignsOf,
  type VehicleDoc,
} from '../account/things.ts'
import type { createVouchers } from '../account/vouchers.ts'
import type { PlaceDoc } from '../catalogue/collections.ts'
import { summaryOf } from '../catalogue/summary.ts'
import type { Handlers } from '../http/handler.ts'

type Operations =
  | 'listFavourites'
  | 'putFavourite'
  | 'removeFavourite'
  | 'listVehicles'
  | 'addVehicle'
  | 'putVehicle'
  | 'removeVehicle'
  | 'listCards'
  | 'addCard'
  | 'removeCard'
  | 'redeemVoucher'

/** What is a driver's besides sessions. */
export const driverRoutes = (deps: {
  store: Store
  clock: Clock
  vouchers: ReturnType<typeof createVouchers>
}): Pick<Handlers, Operations> => {
  const { store, clock, vouchers } = deps
  const favourites = createThings<FavouriteDoc>({ store, clock, collection: 'api_favourites', what: 'favourite' })
  const vehicles = createThings<VehicleDoc>({ store, clock, collection: 'api_vehicles', what: 'vehicle' })
  const cards = createThings<CardDoc>({ store, clock, collection: 'api_cards', what: 'card' })
  const favouriteId = ({ accountId }: Principal, locationId: string): string => `${accountId} ${locationId}`

  return {
    listFavourites: async ({ principal }) => {
      const docs = await favourites.list(principal.accountId)
      const places = await store.getMany<PlaceDoc>(
        'api_places',
        docs.map(({ locationId }) => locationId),
      )
      const byId = new Map(places.map((place) => [place._id, place]))
      return {
        items: docs.flatMap(({ locationId, label, createdAt }) => {
          const place = byId.get(locationId)
          return place && !place.gone
            ? [{ location: summaryOf(place), createdAt, ...(label === undefined ? {} : { label }) }]
            : []
        }),
      }
    },
    putFavourite: async ({ principal, params: { locationId }, body }) => {
      const place = await store.get<PlaceDoc>('api_places', locationId)
      if (!place || place.gone) throw new WerenodeError('not-found', 'There is no such location')
      await favourites.put(principal.accountId, favouriteId(principal, locationId), { locationId, ...body })
      return undefined
    },
    removeFavourite: async ({ principal, params: { locationId } }) => {
      await favourites.remove(principal.accountId, favouriteId(principal, locationId))
      return undefined
    },

    listVehicles: async ({ principal }) => ({ items: (await vehicles.list(principal.accountId)).map(vehicleOf) }),
    addVehicle: async ({ principal, body }) => vehicleOf(await vehicles.put(principal.accountId, undefined, body)),
    putVehicle: async ({ principal, params: { vehicleId }, body }) => {
      await vehicles.own(principal.accountId, vehicleId)
      return vehicleOf(await vehicles.put(principal.accountId, vehicleId, body))
    },
    removeVehicle: async ({ principal, params: { vehicleId } }) => {
      await vehicles.remove(principal.accountId, vehicleId)
      return undefined
    },

    listCards: async ({ principal }) => ({ items: (await cards.list(principal.accountId)).map(cardOf) }),
    addCard: async ({ principal, body: { uid, label } }) =>
      cardOf(await cards.put(principal.accountId, cardHash(uid), { label, lastSigns: lastSignsOf(uid) })),
    removeCard: async ({ principal, params: { cardId } }) => {
      await cards.remove(principal.accountId, cardId)
      return undefined
    },

    redeemVoucher: async ({ principal: { accountId, address }, body: { code } }) => {
      if (!address)
        throw new WerenodeError('not-allowed', 'This login has no wallet', { hint: 'Sign in with a wallet.' })
      const { amountMicro, beneficiary, at, state } = await vouchers.redeem({ accountId, address }, code)
      return { amountMicro, beneficiary, at, state }
    },
  }
}

const vehicleOf = ({ _id: id, _rev, accountId: _owner, ...vehicle }: VehicleDoc) => ({ id, ...vehicle }) as never
const cardOf = ({ _id: id, label, lastSigns, createdAt }: CardDoc) => ({ id, label, lastSigns, createdAt })
