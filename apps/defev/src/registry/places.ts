import type { ConnectorStandard, Location, Party } from '@werenode/core'
import { distanceM, type Place } from '@werenode/map'
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

/** Everything the map clusters and draws, as text: handed from worker to worker, it costs the page nothing. */
export interface Points {
  /** GeoJSON. */
  readonly json: Blob
  readonly count: number
  /** West, south, east, north of all of them. */
  readonly box: readonly [number, number, number, number]
}

export const pointsOf = (index: Index, nowS: number): Points => {
  const features = all(index, nowS).map((hit) => featureOf(placeOf(index, hit)))
  const box: [number, number, number, number] = [180, 85, -180, -85]
  for (const { geometry } of features) {
    const [lon, lat] = geometry.coordinates as [number, number]
    box[0] = Math.min(box[0], lon)
    box[1] = Math.min(box[1], lat)
    box[2] = Math.max(box[2], lon)
    box[3] = Math.max(box[3], lat)
  }
  const json = new Blob([JSON.stringify({ type: 'FeatureCollection', features })], { type: 'application/geo+json' })
  return { json, count: features.length, box }
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
