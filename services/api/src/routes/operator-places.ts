import { meterKeyHash } from '@werenode/chain'
import {
  ask,
  type BlobStore,
  type Bus,
  evseKey,
  type Party,
  type Principal,
  partyOf,
  type Store,
  WerenodeError,
} from '@werenode/core'
import type { Catalogue, NewLocation } from '../catalogue/catalogue.ts'
import type { EvseDoc, LocationDoc } from '../catalogue/collections.ts'
import { putOwnPlugs, readOwnPlugs } from '../catalogue/import-own.ts'
import { locationOf } from '../catalogue/location-doc.ts'
import { meterKeyWith, onChain, registrationCall } from '../catalogue/on-chain.ts'
import type { OwnPlaces, StationParty } from '../catalogue/own-places.ts'
import { unplacedPlugs } from '../catalogue/seen-plugs.ts'
import type { Handlers } from '../http/handler.ts'
import type { Audit } from '../identity/audit.ts'
import { createPhotos } from '../photos/photos.ts'
import { chainOrWords } from './chain-or-words.ts'
import { mustActFor } from './parties.ts'

type Operations =
  | 'listUnplacedPlugs'
  | 'importLocations'
  | 'addPhoto'
  | 'removePhoto'
  | 'getPhoto'
  | 'prepareRegistration'
const mostPhotos = 12

/** What operators do with their places besides describing them: import, pictures, registration on chain. */
export const operatorPlaceRoutes = (deps: {
  store: Store
  bus: Bus
  blobs: BlobStore | undefined
  catalogue: Pick<Catalogue, 'putLocation'>
  own: OwnPlaces
  stationParty: StationParty | undefined
  audit: Audit
}): Pick<Handlers, Operations> => {
  const { store, bus, catalogue, own, audit } = deps

  const photos = () => {
    if (deps.blobs) return createPhotos(deps.blobs)
    throw new WerenodeError('store-unavailable', 'This node keeps no files', {
      hint: 'Its operator can give it a blob store.',
    })
  }

  /** The location again with other pictures; everything else as it is. */
  const withPhotos = async (
    principal: Principal,
    { party, locationId }: { party: Party; locationId: string },
    act: 'addPhoto' | 'removePhoto',
    change: (photos: readonly string[]) => Promise<readonly string[]>,
  ) => {
    mustActFor(principal, party)
    const doc = await own.find(party, locationId)
    if (!doc || doc.gone) throw new WerenodeError('not-found', `${party} has no location ${locationId}`)
    const { evses, lastUpdated: _at, ...rest } = locationOf(doc)
    const wanted: NewLocation = {
      ...rest,
      photos: await change(doc.photos ?? []),
      evses: evses
        .filter(({ status }) => status !== 'REMOVED')
        .map(({ status: _status, statusAt: _since, ...evse }) => evse),
    }
    await catalogue.putLocation(wanted, [audit.note({ principal, act, party, subject: locationId })])
    return locationOf((await store.get<LocationDoc>('api_locations', locationId))!)
  }

  return {
    listUnplacedPlugs: async ({ principal, params: { party } }) => {
      mustActFor(principal, party)
      return { items: await unplacedPlugs(store, party, deps.stationParty) }
    },

    importLocations: async ({ principal, params: { party }, query: { dryRun }, body }) => {
      mustActFor(principal, party)
      const read = await readOwnPlugs(party, Buffer.from(body).toString('utf8'))
      return putOwnPlugs(read, async (location) => {
        const known = await own.check(principal, party, location)
        if (dryRun === 'false')
          await catalogue.putLocation({ ...location, ...(known?.photos ? { photos: known.photos } : {}) }, [
            audit.note({ principal, act: 'importLocations', party, subject: location.id }),
          ])
        if (!known || known.gone) return 'created'
        const now = dryRun === 'false' ? await store.get<LocationDoc>('api_locations', location.id) : undefined
        return now?._rev === known._rev ? 'unchanged' : 'changed'
      })
    },

    addPhoto: async ({ principal, params, body }) =>
      withPhotos(principal, params, 'addPhoto', async (before) => {
        if (before.length >= mostPhotos)
          throw new WerenodeError('conflict', `A location has at most ${mostPhotos} photos`, {
            hint: 'Remove one first.',
          })
        return [...new Set([...before, await photos().keep(body)])]
      }),

    removePhoto: async ({ principal, params }) => {
      await withPhotos(principal, params, 'removePhoto', async (before) => {
        if (!before.includes(params.photoId)) throw new WerenodeError('not-found', 'The location has no such photo')
        return before.filter((id) => id !== params.photoId)
      })
      return undefined
    },

    getPhoto: async ({ params: { photoId }, query: { size } }) => photos().read(photoId, size),

    prepareRegistration: async ({ principal, params: { party, evseId }, body }) => {
      mustActFor(principal, party)
      const index = await store.get<EvseDoc>('api_evses', evseKey(evseId))
      const location = index && (await own.find(party, index.locationId))
      const evse = location?.evses.find((one) => evseKey(one.evseId) === index?._id)
      if (!location || !evse || evse.status === 'REMOVED' || partyOf(evse.evseId) !== party)
        throw new WerenodeError('not-found', `${party} has no EVSE ${evseId}`, { hint: 'Put its location first.' })
      const network = await chainOrWords(ask(bus, 'relayer.network', {}))
      const operatorId = body.operatorId ?? network.operatorId
      const meterKey =
        body.meterKey ?? (await meterKeyWith(store, operatorId, (key) => meterKeyHash(key) === network.meterKeyHash))
      if (meterKey === undefined)
        throw new WerenodeError('invalid-input', 'The meter key of this plug is not known yet', {
          hint: 'Send meterKey: 20 bytes (an address) or 84 bytes (P-256).',
        })
      const known = await onChain(store, operatorId, evse.evseId)
      return {
        chainId: network.chainId,
        to: network.evseRegistry,
        data: registrationCall({ operatorId, location, evse, meterKey, keyClass: body.keyClass }),
        operatorId,
        registered: known !== undefined,
        active: known?.active ?? false,
        ...(known ? { transaction: known.txHash, blockNumber: known.listedAtBlock } : {}),
      }
    },
  }
}
