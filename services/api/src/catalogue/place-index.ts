import { setImmediate } from 'node:timers/promises'
import type { Bus, Clock, Filter, Store, Unsubscribe } from '@werenode/core'
import Supercluster from 'supercluster'
import type { PlaceDoc } from './collections.ts'
import { nearestWord, wordsOf } from './nearest-word.ts'

/** What one place says to the map. Numbers and flags only, as vector tiles carry them. */
export interface PlaceTag {
  readonly id: string
  readonly name: string
  readonly evses: number
  readonly available: number
  readonly payable: boolean
  readonly maxPowerW: number
}
/** What a cluster says of its places. */
export interface ClusterTag {
  readonly evses: number
  readonly available: number
  readonly payable: number
  readonly maxPowerW: number
}
export type Clusters = Supercluster<PlaceTag, ClusterTag>
type Place = Pick<PlaceDoc, 'position' | 'reach' | 'party' | 'accessible' | 'pays'> & { readonly tag: PlaceTag }

/** Clusters go up to here; deeper tiles show every place. */
export const deepestCluster = 13
const freshMs = 15_000
const page = 1_000
const filtersKept = 8

export const tagOf = (doc: PlaceDoc): PlaceTag => ({
  id: doc._id,
  name: doc.name,
  evses: doc.evseCount,
  available: doc.availableCount,
  payable: doc.payable,
  maxPowerW: doc.maxPowerW,
})

export interface PlaceIndex {
  /** Clusters of the places that `fits` lets through; `key` names it. At most some seconds old. */
  clusters(key: string, fits: (place: Place) => boolean): Promise<Clusters>
  /** The words with each that nobody uses replaced by the nearest one that somebody does; undefined when there is none. */
  correct(words: string): Promise<string | undefined>
  close(): Promise<void>
}

/**
 * All places in this process's memory, derived from the store: what a map of a country and a mistyped word need, and no query can give.
 * It is read when first asked for and again, behind the answers, when something changed.
 */
export const createPlaceIndex = ({ store, bus, clock }: { store: Store; bus: Bus; clock: Clock }): PlaceIndex => {
  let built: Promise<Built> | undefined
  let builtAt = 0
  let changed = false
  let rebuilding = false
  let count = 0
  let untap: Unsubscribe | undefined

  const build = async (): Promise<Built> => {
    // From here on, so that a change during the reading is not missed.
    changed = false
    builtAt = clock().getTime()
    count = await store.count('api_places', here)
    return read(store)
  }

  const current = async (): Promise<Built> => {
    untap ??= bus.tap(['catalogue.changed'], () => {
      changed = true
    })
    if (!built) {
      built = build()
      // Whoever waits is told; the next who asks builds anew.
      built.catch(() => {
        built = undefined
      })
      return built
    }
    if (!rebuilding && clock().getTime() - builtAt > freshMs) {
      rebuilding = true
      void renew().finally(() => {
        rebuilding = false
      })
    }
    return built
  }

  const renew = async (): Promise<void> => {
    try {
      // An import tells nobody; it changes how many there are.
      if (!changed && (await store.count('api_places', here)) === count) builtAt = clock().getTime()
      else built = Promise.resolve(await build())
    } catch {
      // What we have stays good; the next who asks tries again.
      builtAt = clock().getTime()
    }
  }

  return {
    async clusters(key, fits) {
      const { places, filtered } = await current()
      const known = filtered.get(key)
      const clusters = known ?? cluster(places.filter(fits))
      filtered.delete(key)
      filtered.set(key, clusters)
      if (filtered.size > filtersKept) filtered.delete(filtered.keys().next().value!)
      return clusters
    },
    async correct(text) {
      const words = wordsOf(text).slice(0, 8)
      const { vocabulary } = await current()
      const begins = (word: string): boolean => [...vocabulary.keys()].some((known) => known.startsWith(word))
      const corrected = words.map((word) => (begins(word) ? word : nearestWord(word, vocabulary)))
      if (corrected.includes(undefined) || corrected.every((word, index) => word === words[index])) return undefined
      return corrected.join(' ')
    },
    close: async () => untap?.(),
  }
}

interface Built {
  readonly places: readonly Place[]
  readonly vocabulary: ReadonlyMap<string, number>
  /** By filter, least lately used first. */
  readonly filtered: Map<string, Clusters>
}

const here: Filter = { gone: false }

const read = async (store: Store): Promise<Built> => {
  const places: Place[] = []
  const vocabulary = new Map<string, number>()
  let after: string | undefined
  do {
    const { items, next } = await store.find<PlaceDoc>('api_places', here, {
      sort: [['_id', 1]],
      limit: page,
      ...(after === undefined ? {} : { after }),
    })
    for (const doc of items) {
      const { position, reach, party, accessible, pays } = doc
      places.push({ position, reach, party, accessible, pays, tag: tagOf(doc) })
      for (const word of wordsOf(`${doc.name} ${doc.city} ${doc.operatorName} ${doc.address}`))
        if (word.length > 2) vocabulary.set(word, (vocabulary.get(word) ?? 0) + 1)
    }
    after = next
    await setImmediate()
  } while (after !== undefined)
  return { places, vocabulary, filtered: new Map() }
}

const cluster = (places: readonly Place[]): Clusters => {
  const clusters: Clusters = new Supercluster<PlaceTag, ClusterTag>({
    radius: 60,
    extent: 512,
    maxZoom: deepestCluster,
    map: ({ evses, available, payable, maxPowerW }) => ({ evses, available, payable: payable ? 1 : 0, maxPowerW }),
    reduce: (all: { -readonly [K in keyof ClusterTag]: ClusterTag[K] }, one) => {
      all.evses += one.evses
      all.available += one.available
      all.payable += one.payable
      all.maxPowerW = Math.max(all.maxPowerW, one.maxPowerW)
    },
  })
  return clusters.load(
    places.map(({ position: { lon, lat }, tag }) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [lon, lat] },
      properties: tag,
    })),
  )
}
