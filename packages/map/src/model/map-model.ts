import { isWerenodeError } from '@werenode/core'
import { isAway, type PlaceSource } from './catalogue.ts'
import { type ChosenCharge, type Filters, fits, noFilters, searchQuery } from './filters.ts'
import { createKeeper, type TextStore } from './keeper.ts'
import { distanceM, type Place, type PlaceDetail, type Position, placeOf, refreshed } from './place.ts'
import { type Sorting, sorted } from './sort.ts'
import { addressText, type MapAddress, type View } from './url.ts'

export interface Box {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

/** What a map, a list and a sheet show; never changed in place. */
export interface MapState {
  readonly view: View
  readonly filters: Filters
  readonly sort: Sorting
  readonly charge?: ChosenCharge
  /** What was found for view and filters, in the chosen order. */
  readonly places: readonly Place[]
  /** All that fits is in `places`; otherwise only what is nearest. */
  readonly complete: boolean
  readonly selected?: { readonly id: string; readonly detail?: PlaceDetail; readonly problem?: unknown }
  readonly loading: boolean
  /** Why the last search failed, when it is not for want of network. */
  readonly problem?: unknown
  /** Set while the node cannot be reached: when the data shown was loaded, ISO; '' when there is none. */
  readonly offlineSince?: string
  /** Where the driver is, when they said so. */
  readonly here?: Position
  readonly favourites: ReadonlySet<string>
}

export interface MapModel {
  state(): MapState
  subscribe(listener: (state: MapState) => void): () => void
  /** The map came to rest. */
  moved(view: View, box: Box): void
  filter(change: Partial<Filters>): void
  clearFilters(): void
  sortBy(sort: Sorting): void
  choose(charge: ChosenCharge | undefined): void
  select(placeId: string | undefined): void
  located(here: Position): void
  toggleFavourite(placeId: string): void
  /** A plug's status changed (the live stream of the catalogue). */
  changed(placeId: string): void
  /** Asks at once: for a list before its map is drawn, when the network is back, or when somebody wants it once more. */
  retry(): void
  /** The query of a link that leads here. */
  address(): string
  close(): void
}

/** All of France. */
export const homeView: View = { lon: 2.6, lat: 46.6, zoom: 5.2 }
const listLimit = 200
/** Read one by one. */
const mostFavourites = 50
const mostRadiusM = 999_999
const usualPauseMs = 250

/**
 * The map without its pictures: what is looked for, found, chosen and kept. Renderers of the web and of phones draw its state and tell it
 * what people do; it holds the rules, so that every app's map behaves alike.
 */
export const createMapModel = (deps: {
  readonly source: PlaceSource
  readonly from?: Partial<MapAddress>
  readonly keep?: TextStore
  readonly clock?: () => Date
  /** How long the map must rest before it asks, ms. */
  readonly pauseMs?: number
}): MapModel => {
  const { source, from = {}, clock = () => new Date(), pauseMs = usualPauseMs } = deps
  const keeper = createKeeper(deps.keep)
  const listeners = new Set<(state: MapState) => void>()
  let box: Box | undefined
  let state: MapState = {
    view: from.view ?? homeView,
    filters: from.filters ?? noFilters,
    sort: from.sort ?? 'distance',
    ...(from.charge ? { charge: from.charge } : {}),
    places: [],
    complete: false,
    loading: true,
    favourites: keeper.favourites(),
  }

  const set = (change: Partial<MapState>): void => {
    state = { ...state, ...change }
    for (const listener of listeners) listener(state)
  }
  const middle = (): Position => state.here ?? state.view
  const order = (places: readonly Place[]): readonly Place[] => sorted(places, state.sort, middle())

  let timer: ReturnType<typeof setTimeout> | undefined
  let asking: AbortController | undefined
  /** What the last search found, in order: found once more as it was, nothing is drawn anew. */
  let found: { readonly text: string; readonly places: readonly Place[] } | undefined
  /** What was last searched, while it holds. */
  let searched: { readonly words: string; readonly view: View; readonly radiusM: number } | undefined

  const search = async (): Promise<void> => {
    asking?.abort()
    const mine = new AbortController()
    asking = mine
    const { filters, charge, view } = state
    const radiusM = radiusOf(view, box)
    searched = { words: filters.words, view, radiusM }
    const where =
      filters.words !== ''
        ? { q: filters.words }
        : { lat: view.lat.toFixed(6), lon: view.lon.toFixed(6), radiusM: String(radiusM) }
    set({ loading: true })
    try {
      const { items, more } = await source.search(
        { ...where, ...searchQuery(filters, charge) },
        { limit: listLimit, signal: mine.signal },
      )
      const shown = filters.favourites ? await favourites(items, mine.signal) : items
      if (mine.signal.aborted) return
      keeper.keep(items, clock())
      const { offlineSince: _away, problem: _problem, ...rest } = state
      state = rest
      const places = order(shown)
      const text = JSON.stringify(places)
      const asItWas = found !== undefined && found.text === text && found.places === state.places
      found = { text, places: asItWas ? state.places : places }
      set({ places: found.places, complete: filters.favourites || !more, loading: false })
    } catch (error) {
      if (mine.signal.aborted) return
      searched = undefined
      if (isAway(error)) showKept()
      else set({ loading: false, problem: error })
    }
  }

  /** Favourites that fit, wherever they are: those the search brought, and the others one by one. */
  const favourites = async (found: readonly Place[], signal: AbortSignal): Promise<readonly Place[]> => {
    const near = found.filter(({ id }) => state.favourites.has(id))
    const known = new Set(near.map(({ id }) => id))
    const far = [...state.favourites].filter((id) => !known.has(id)).slice(0, mostFavourites)
    const read = async (id: string): Promise<readonly Place[]> => {
      try {
        const detail = await source.detail(id, signal)
        keeper.keepDetail(detail)
        return [placeOf(detail)]
      } catch (error) {
        // It was taken off the map; a node that is away is told of by the search.
        if (isWerenodeError(error) && error.code === 'not-found') return []
        throw error
      }
    }
    const others = await Promise.all(far.map(read))
    return [...near, ...others.flat().filter((place) => fits(place, state.filters, () => true))]
  }

  /** Without network: the last places seen that lie here and fit. */
  const showKept = (): void => {
    const { at, places } = keeper.places()
    const isFavourite = (id: string): boolean => state.favourites.has(id)
    const radius = radiusOf(state.view, box)
    const near = places.filter(
      (place) =>
        fits(place, state.filters, isFavourite) &&
        (state.filters.words !== '' || distanceM(state.view, place.position) <= radius),
    )
    set({ places: order(near), complete: true, loading: false, offlineSince: at ?? '' })
  }

  const soon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => void search(), pauseMs)
  }
  const now = (): void => {
    clearTimeout(timer)
    void search()
  }
  /** Whether the list was asked for what the map shows, before the map was there. */
  const isSearched = (view: View, radiusM: number): boolean =>
    searched !== undefined &&
    searched.words === state.filters.words &&
    (searched.words !== '' ||
      (distanceM(searched.view, view) < radiusM / 100 && Math.abs(Math.log(searched.radiusM / radiusM)) < 0.4))

  const load = async (id: string): Promise<void> => {
    try {
      const detail = await source.detail(id)
      keeper.keepDetail(detail)
      applyDetail(id, detail)
    } catch (error) {
      if (state.selected?.id !== id) return
      const kept = keeper.detail(id)
      if (isAway(error) && kept) set({ selected: { id, detail: kept }, offlineSince: keeper.places().at ?? '' })
      else if (state.selected.detail === undefined) set({ selected: { id, problem: error } })
    }
  }
  const applyDetail = (id: string, detail: PlaceDetail): void => {
    const places = state.places.map((place) => (place.id === id ? refreshed(place, detail) : place))
    set({ places, ...(state.selected?.id === id ? { selected: { id, detail } } : {}) })
  }

  const model: MapModel = {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    moved(view, newBox) {
      const first = box === undefined
      box = newBox
      set({ view })
      // What was searched by words does not change with the view.
      if (first ? isSearched(view, radiusOf(view, newBox)) : state.filters.words !== '') return
      soon()
    },
    filter(change) {
      set({ filters: { ...state.filters, ...change } })
      soon()
    },
    clearFilters() {
      set({ filters: noFilters })
      soon()
    },
    sortBy(sort) {
      set({ sort, ...(sort === 'price' && !state.charge ? { charge: usualCharge } : {}) })
      set({ places: order(state.places) })
      if (sort === 'price') soon()
    },
    choose(charge) {
      const { charge: _before, ...rest } = state
      state = rest
      set(charge ? { charge } : {})
      soon()
    },
    select(id) {
      if (id === undefined) {
        const { selected: _gone, ...rest } = state
        state = rest
        return set({})
      }
      const kept = keeper.detail(id)
      set({ selected: { id, ...(kept ? { detail: kept } : {}) } })
      void load(id)
    },
    located(here) {
      set({ here })
      set({ places: order(state.places) })
    },
    toggleFavourite(id) {
      const favourites = new Set(state.favourites)
      if (!favourites.delete(id)) favourites.add(id)
      keeper.keepFavourites(favourites)
      set({ favourites })
      if (state.filters.favourites) soon()
    },
    changed(id) {
      if (state.selected?.id === id || state.places.some((place) => place.id === id)) void load(id)
    },
    retry: now,
    address: () => {
      const { view, filters, sort, charge, selected } = state
      return addressText({
        view,
        filters,
        sort,
        ...(charge ? { charge } : {}),
        ...(selected ? { place: selected.id } : {}),
      })
    },
    close() {
      clearTimeout(timer)
      asking?.abort()
      listeners.clear()
    },
  }
  if (from.place !== undefined) model.select(from.place)
  return model
}

/** What the price is asked for when nobody chose: 30 kWh. */
export const usualCharge: ChosenCharge = { energyWh: 30_000 }

/** Covers the corners of what is seen. */
const radiusOf = (view: View, box: Box | undefined): number => {
  if (!box) return Math.round(Math.min(mostRadiusM, 40_000_000 / 2 ** view.zoom))
  const far = distanceM(view, { lon: box.east, lat: view.lat > 0 ? box.south : box.north })
  return Math.max(200, Math.min(mostRadiusM, Math.round(far)))
}
