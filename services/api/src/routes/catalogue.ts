import { type EventEnvelope, evseCandidates, evseKey, type Store, WerenodeError } from '@werenode/core'
import type { EvseDoc, LocationDoc, TariffDoc } from '../catalogue/collections.ts'
import { locationOf, placeOf } from '../catalogue/location-doc.ts'
import { qrSvg } from '../catalogue/qr.ts'
import type { Search } from '../catalogue/search.ts'
import { stickerPdf } from '../catalogue/sticker.ts'
import { summaryOf } from '../catalogue/summary.ts'
import type { createTiles } from '../catalogue/tiles.ts'
import type { EventStreams } from '../http/event-stream.ts'
import type { Handlers } from '../http/handler.ts'
import { limitKeyOfAddress } from '../http/rate-limit.ts'
import { lastEventId } from './last-event-id.ts'

export const catalogueRoutes = (deps: {
  store: Store
  search: Search
  tiles: ReturnType<typeof createTiles>
  streams: EventStreams
  origin: string
}): Pick<
  Handlers,
  'listLocations' | 'getLocation' | 'getEvse' | 'getEvseQr' | 'getEvseSticker' | 'getTile' | 'streamCatalogue'
> => {
  const { store, search, tiles, streams, origin } = deps

  const tariffsOf = async (ids: readonly string[]): Promise<Record<string, unknown>> =>
    Object.fromEntries(
      (await store.getMany<TariffDoc>('api_tariffs', [...new Set(ids)])).map(({ _id, tariff }) => [_id, tariff]),
    )

  /** What is typed or read from a QR code: an EVSE id, perhaps with a connector. */
  const findEvse = async (text: string) => {
    for (const [index, candidate] of evseCandidates(text).entries()) {
      const found = await store.get<EvseDoc>('api_evses', evseKey(candidate.evseId))
      const doc = found && (await store.get<LocationDoc>('api_locations', found.locationId))
      const evse = doc?.evses.find(({ evseId }) => evseKey(evseId) === found?._id)
      if (doc && evse) return { evse, doc, ...(index === 0 ? {} : { connector: candidate.connector }) }
    }
    throw new WerenodeError('not-found', 'No EVSE of this id is known here', {
      hint: 'Check the id on the plug or its QR code.',
    })
  }

  return {
    listLocations: async ({ query }) => {
      const { items, next } = await search(query)
      return {
        items: items.map(({ doc, distanceM, alongM, also }) =>
          alongM === undefined && also === undefined
            ? summaryOf(doc, distanceM)
            : {
                ...summaryOf(doc, distanceM),
                ...(alongM === undefined ? {} : { alongM: Math.round(alongM) }),
                ...also,
              },
        ),
        ...(next === undefined ? {} : { next }),
      }
    },

    getLocation: async ({ params }) => {
      const doc = await store.get<LocationDoc>('api_locations', params.locationId)
      if (!doc)
        throw new WerenodeError('not-found', 'There is no such location', { hint: 'GET /v1/locations finds them.' })
      const location = locationOf(doc)
      const ids = location.evses.flatMap(({ connectors }) => connectors.flatMap(({ tariffIds }) => tariffIds))
      return { location, tariffs: await tariffsOf(ids) }
    },

    getEvse: async ({ params }) => {
      const { evse, doc, connector } = await findEvse(params.evseId)
      return {
        evse,
        ...(connector === undefined ? {} : { connector }),
        location: summaryOf(placeOf(doc)),
        timeZone: doc.timeZone,
        tariffs: await tariffsOf(evse.connectors.flatMap(({ tariffIds }) => tariffIds)),
      }
    },

    getEvseQr: async ({ params }) => {
      const { evse, connector } = await findEvse(params.evseId)
      const plug = connector === undefined ? evse.evseId : `${evse.evseId}*${connector}`
      return qrSvg(`${origin}/c/${plug}`)
    },

    getEvseSticker: async ({ params }) => {
      const { evse, doc, connector } = await findEvse(params.evseId)
      const plug = connector === undefined ? evse.evseId : `${evse.evseId}*${connector}`
      return stickerPdf({ url: `${origin}/c/${plug}`, plug, operatorName: doc.operatorName })
    },

    getTile: async ({ params: { z, x, y }, query }) => tiles(z, x, y, query),

    streamCatalogue: async ({ query, request, reply, principal }) => {
      const { box, locationId } = query
      const wanted = ({ data }: EventEnvelope): boolean => {
        const { position, locationId: id } = data as EventEnvelope<'catalogue.changed'>['data']
        if (locationId !== undefined && id !== locationId) return false
        if (!box || !position) return box === undefined
        const { lon, lat } = position
        const between = box.west <= box.east ? lon >= box.west && lon <= box.east : lon >= box.west || lon <= box.east
        return between && lat >= box.south && lat <= box.north
      }
      await streams.open(request, reply, {
        types: ['catalogue.changed'],
        wanted,
        ...lastEventId(request),
        stillAllowed: async () => undefined,
        listener: principal.address ?? limitKeyOfAddress(request.ip),
      })
    },
  }
}
