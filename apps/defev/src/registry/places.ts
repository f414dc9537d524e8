import type { ConnectorStandard, Location, Party } from '@werenode/core'
import { type Box, distanceM, type Place } from '@werenode/map'
import { featureOf } from '@werenode/map/style'
import type { Index } from './fold.ts'
import { mostPowerW } from './plug.ts'
import { type Hit, searchPlugs } from './search.ts'

/** A plug as the shared map knows places. */
const placeOf = (index: Index, { plug, availability }: Hit): Place => {
  const party = index.operators.get(plug.operatorId)?.party ?? ''
  return {
    id: plug.key,
    party: party as Party,
    operatorName: party,
    name: plug.name,
    address: plug.evseId,
    city: '',
    position: { lon: plug.lon, lat: plug.lat },
    source: 'own' as Location['source'],
    evseCount: 1,
    availableCount: availability === 'free' ? 1 : 0,
    payable: availability !== 'closed',
    maxPowerW: mostPowerW(plug),
    standards: plug.connectors.map(({ standard }) => standard as ConnectorStandard),
    lastUpdated: '',
  }
}

const all = (index: Index, nowS: number): readonly Hit[] => searchPlugs(index, { words: '', onlyFree: false, nowS })

/** Everything the map clusters and draws. */
export const pointsOf = (index: Index, nowS: number) => ({
  type: 'FeatureCollection' as const,
  features: all(index, nowS).map((hit) => featureOf(placeOf(index, hit))),
})
export type Points = ReturnType<typeof pointsOf>

/** Around all points; there is at least one. */
export const boundsOf = ({ features }: Points): Box => {
  let [west, south, east, north] = [180, 85, -180, -85]
  for (const { geometry } of features) {
    const [lon, lat] = geometry.coordinates as [number, number]
    ;[west, south] = [Math.min(west, lon), Math.min(south, lat)]
    ;[east, north] = [Math.max(east, lon), Math.max(north, lat)]
  }
  return { west, south, east, north }
}

/** What lies around a point, at most `limit`. `radiusM` NaN: everywhere. */
export const placesNear = (
  index: Index,
  given: {
    readonly lat: number
    readonly lon: number
    readonly radiusM: number
    readonly limit: number
    readonly nowS: number
  },
): { readonly items: readonly Place[]; readonly more: boolean } => {
  const { radiusM, limit } = given
  const inside = all(index, given.nowS).filter(
    ({ plug }) => Number.isNaN(radiusM) || distanceM(given, { lat: plug.lat, lon: plug.lon }) <= radiusM,
  )
  return { items: inside.slice(0, limit).map((hit) => placeOf(index, hit)), more: inside.length > limit }
}
