import type { Place, PlaceDetail } from './place.ts'

/** A browser's localStorage, a phone's store: text under a key. May throw when it is full or forbidden. */
export interface TextStore {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

const placesKey = 'werenode:map:places'
const favouritesKey = 'werenode:map:favourites'
/** About 600 kB of text. */
const mostPlaces = 1_500
const mostDetails = 40

interface KeptPlaces {
  readonly at: string
  readonly places: readonly Place[]
  readonly details: readonly PlaceDetail[]
}

/** What outlives the page: favourites, and the last places seen, for when there is no network. */
export const createKeeper = (store: TextStore | undefined) => {
  const read = <T>(key: string): T | undefined => {
    try {
      const text = store?.getItem(key)
      return text === null || text === undefined ? undefined : (JSON.parse(text) as T)
    } catch {
      // Forbidden or damaged: as if nothing had been kept.
      return undefined
    }
  }
  const write = (key: string, value: unknown): void => {
    try {
      store?.setItem(key, JSON.stringify(value))
    } catch {
      // Full or forbidden: the map works without.
    }
  }
  const kept = read<KeptPlaces>(placesKey)
  const places = new Map((kept?.places ?? []).map((place) => [place.id, place]))
  const details = new Map((kept?.details ?? []).map((detail) => [detail.location.id, detail]))
  let at = kept?.at

  const remember = <T>(map: Map<string, T>, id: string, value: T, most: number): void => {
    map.delete(id)
    map.set(id, value)
    if (map.size > most) map.delete(map.keys().next().value!)
  }
  const save = (): void => write(placesKey, { at, places: [...places.values()], details: [...details.values()] })

  return {
    keep(found: readonly Place[], now: Date): void {
      for (const place of found) remember(places, place.id, place, mostPlaces)
      at = now.toISOString()
      save()
    },
    keepDetail(detail: PlaceDetail): void {
      remember(details, detail.location.id, detail, mostDetails)
      save()
    },
    /** The last places seen and when. */
    places: (): { readonly at: string | undefined; readonly places: readonly Place[] } => ({
      at,
      places: [...places.values()],
    }),
    detail: (id: string): PlaceDetail | undefined => details.get(id),
    favourites: (): ReadonlySet<string> => new Set(read<readonly string[]>(favouritesKey) ?? []),
    keepFavourites: (ids: ReadonlySet<string>): void => write(favouritesKey, [...ids]),
  }
}
