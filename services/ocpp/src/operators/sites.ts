import { type NewStationSite, type Party, type StationSiteView, type Store, WerenodeError } from '@werenode/core'
import type { Site, SiteEvse, Sites } from '../smart/site.ts'
import type { StationLink } from '../stations/station.ts'
import type { TransactionBook } from '../transactions/book.ts'
import type { OwnStation, StationHandlers } from './office.ts'

type OfSites = Pick<
  StationHandlers,
  'stations.sites' | 'stations.site' | 'stations.putSite' | 'stations.removeSite' | 'stations.siteTarget'
>

/** 6 A at 230 V on three phases and on one, W; up to 32 A on one phase come to no more than `singlePhaseW`. */
const threePhaseMinW = 4_140
const onePhaseMinW = 1_380
const singlePhaseW = 7_400

/** Connections to the grid of one party, each with the limit its EVSEs share. */
export const siteRequests = ({
  store,
  sites,
  book,
  own,
}: {
  store: Store
  sites: Sites
  book: Pick<TransactionBook, 'openOn'>
  own: OwnStation
}): OfSites => {
  const keyOf = (party: Party, siteId: string): string => `${party}/${siteId}`
  const placeOf = ({ stationId, evse }: { stationId: string; evse: number }): string => `${stationId}#${evse}`

  const named = async (party: Party, siteId: string): Promise<Site> => {
    const site = await sites.get(keyOf(party, siteId))
    if (site?.party === party) return site
    throw new WerenodeError('not-found', `${party} has no site "${siteId}"`)
  }

  const view = async (site: Site): Promise<StationSiteView> => {
    const evses = await Promise.all(
      site.evses.map(async (place) => {
        const link = await store.get<StationLink>('ocpp_links', place.stationId)
        const running = await book.openOn(place.stationId)
        const target = site.targets[placeOf(place)]
        return {
          ...place,
          grantedW: Math.round(site.granted[placeOf(place)] ?? 0),
          connected: link?.connected ?? false,
          charging: running.some(({ evse }) => evse === place.evse),
          ...(target ? { target } : {}),
        }
      }),
    )
    const grantedW = Math.round(Object.values(site.granted).reduce((sum, one) => sum + one, 0))
    return { siteId: site._id.slice(site._id.indexOf('/') + 1), limitW: site.limitW, grantedW, evses }
  }

  const placesOf = async (party: Party, key: string, wanted: NewStationSite): Promise<readonly SiteEvse[]> => {
    const places = wanted.evses.map(({ stationId, evse, maxW, minW }) => ({
      stationId,
      evse,
      maxW,
      minW: minW ?? Math.min(maxW, maxW <= singlePhaseW ? onePhaseMinW : threePhaseMinW),
    }))
    for (const place of places) {
      await own(party, place.stationId)
      if (place.minW > place.maxW)
        throw new WerenodeError('invalid-input', `${placeOf(place)} cannot charge with ${place.maxW} W`, {
          hint: `A car needs ${place.minW} W there; give it more, or a smaller minW.`,
        })
    }
    const names = new Set(places.map(placeOf))
    if (names.size < places.length)
      throw new WerenodeError('invalid-input', 'An EVSE is named twice', { hint: 'Name each once.' })
    for (const other of await sites.list(party)) {
      const shared = other.evses.find((place) => names.has(placeOf(place)))
      if (other._id !== key && shared)
        throw new WerenodeError('conflict', `${placeOf(shared)} is behind another site\u2019s limit already`, {
          hint: 'Take it out there first: an EVSE keeps to one limit.',
        })
    }
    return places
  }

  return {
    'stations.sites': async ({ party }) => ({ items: await Promise.all((await sites.list(party)).map(view)) }),
    'stations.site': async ({ party, siteId }) => view(await named(party, siteId)),
    'stations.putSite': async ({ party, siteId, site }) => {
      const _id = keyOf(party, siteId)
      await sites.put({ _id, party, limitW: site.limitW, evses: await placesOf(party, _id, site) })
      return view(await sites.balance(_id))
    },
    'stations.removeSite': async ({ party, siteId }) => {
      const { _id } = await named(party, siteId)
      const kept = await sites.remove(_id)
      return {
        kept: kept.map(({ place: { stationId, evse }, grantedW }) => ({
          stationId,
          evse,
          grantedW: Math.round(grantedW),
        })),
      }
    },
    'stations.siteTarget': async ({ party, siteId, stationId, evse, target }) => {
      const { _id, evses } = await named(party, siteId)
      if (!evses.some((place) => placeOf(place) === placeOf({ stationId, evse })))
        throw new WerenodeError('not-found', `The site "${siteId}" has no EVSE ${stationId}#${evse}`)
      const wish = target && { energyWh: target.energyWh, departAt: new Date(target.departAt) }
      await sites.target(_id, { stationId, evse }, wish)
      return view(await sites.balance(_id))
    },
  }
}
