import type { FeatureCollection } from 'geojson'
import type { GeoJSONSource } from 'maplibre-gl'

/** Points handed to the map's worker in one task of the page: thirty thousand at once would hold it up for a fifth of a second. */
const atOnce = 5_000

/**
 * Hands points to a source of the map: the first ones part by part, each in a task of its own; what takes their place at once, so that nothing
 * vanishes in between. Each point has an `id` of its own among its properties (the source's `promoteId`).
 */
export const createPointGiver = (sourceNow: () => GeoJSONSource | undefined) => {
  let filled: GeoJSONSource | undefined
  let round = 0
  return async (points: FeatureCollection): Promise<void> => {
    round += 1
    const [mine, source] = [round, sourceNow()]
    if (source === undefined) return
    if (source === filled) return source.setData(points)
    if (points.features.length === 0) return
    filled = source
    const part = (from: number) => points.features.slice(from, from + atOnce)
    await source.setData({ type: 'FeatureCollection', features: part(0) })
    for (let from = atOnce; from < points.features.length; from += atOnce) {
      if (round !== mine || sourceNow() !== source) return
      await source.updateData({ add: part(from) })
    }
  }
}
