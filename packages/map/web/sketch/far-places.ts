import { type Box, type Filters, queryText, tileQuery, type View } from '../../src/index.ts'
import type { PlaceFeature } from './marks.ts'
import { pointsOfTile, type TileName } from './tile-points.ts'

/** As far as a sketch is one. */
const deepest = 10

const namesOf = (view: View, { west, south, east, north }: Box): readonly TileName[] => {
  const z = Math.max(0, Math.min(deepest, Math.floor(view.zoom)))
  const all = 2 ** z
  const column = (lon: number): number => Math.max(0, Math.min(all - 1, Math.floor(((lon + 180) / 360) * all)))
  const row = (lat: number): number => {
    const y = (1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2
    return Math.max(0, Math.min(all - 1, Math.floor(y * all)))
  }
  const names: TileName[] = []
  for (let x = column(west); x <= column(east); x += 1)
    for (let y = row(north); y <= row(south); y += 1) names.push({ z, x, y })
  return names
}

/**
 * Clusters of the whole catalogue from the node's vector tiles, for a sketch. `read` throws where the node cannot be reached; `known` is what
 * was read last for the same filters and tiles, undefined when nothing was.
 */
export const farPlaces = (from: string) => {
  let last: { readonly key: string; readonly places: readonly PlaceFeature[] } | undefined
  const asked = (filters: Filters, view: View, box: Box) => {
    const names = namesOf(view, box)
    const query = queryText(tileQuery(filters))
    return { names, query, key: `${query} ${names.map(({ z, x, y }) => `${z}/${x}/${y}`).join()}` }
  }
  return {
    known: (filters: Filters, view: View, box: Box): readonly PlaceFeature[] | undefined =>
      last?.key === asked(filters, view, box).key ? last.places : undefined,
    read: async (filters: Filters, view: View, box: Box, signal: AbortSignal): Promise<void> => {
      const { names, query, key } = asked(filters, view, box)
      const tiles = await Promise.all(
        names.map(async (name) => {
          const path = `${from}/v1/tiles/${name.z}/${name.x}/${name.y}${query === '' ? '' : `?${query}`}`
          const answer = await fetch(path, { signal })
          if (!answer.ok) throw new Error(`The node answered ${answer.status} for a tile`)
          return pointsOfTile(new Uint8Array(await answer.arrayBuffer()), name)
        }),
      )
      last = { key, places: tiles.flat() }
    },
  }
}
