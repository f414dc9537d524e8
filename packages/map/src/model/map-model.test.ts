import { WerenodeError } from '@werenode/core'
import { describe, expect, test, vi } from 'vitest'
import { aPlace } from '../../test/places.ts'
import type { PlaceSource } from './catalogue.ts'
import { createMapModel, type MapState } from './map-model.ts'
import type { Place, PlaceDetail } from './place.ts'

const view = { lon: -1.54, lat: 47.21, zoom: 12 }
const box = { west: -1.6, south: 47.15, east: -1.48, north: 47.27 }
const detailOf = (place: Place, free: boolean): PlaceDetail =>
  ({
    location: {
      ...place,
      evses: [{ status: free ? 'AVAILABLE' : 'CHARGING', payable: true }],
    },
    tariffs: {},
  }) as unknown as PlaceDetail

const setting = (items: readonly Place[] = [aPlace()], keep = new Map<string, string>()) => {
  const asked: Record<string, unknown>[] = []
  let away = false
  let free = true
  const source: PlaceSource = {
    async search(query) {
      asked.push(query)
      if (away) throw new WerenodeError('no-responder', 'away')
      return { items, more: false }
    },
    async detail(id) {
      if (away) throw new WerenodeError('no-responder', 'away')
      return detailOf(items.find((place) => place.id === id)!, free)
    },
  }
  const model = createMapModel({
    source,
    pauseMs: 0,
    clock: () => new Date('2026-11-22T12:00:00Z'),
    keep: { getItem: (key) => keep.get(key) ?? null, setItem: (key, value) => void keep.set(key, value) },
  })
  return {
    model,
    asked,
    keep,
    goAway: (is = true) => {
      away = is
    },
    occupy: () => {
      free = false
    },
    until: (holds: (state: MapState) => boolean) => vi.waitFor(() => expect(holds(model.state())).toBe(true)),
  }
}

describe('the map', () => {
  test('asks for what it shows, nearest first, and by words everywhere', async () => {
    const { model, asked, until } = setting()
    model.moved(view, box)
    await until(({ loading }) => !loading)
    expect(asked[0]).toMatchObject({ lat: '47.210000', lon: '-1.540000' })
    expect(Number(asked[0]!.radiusM)).toBeGreaterThan(7_000)
    model.filter({ words: 'gare' })
    await vi.waitFor(() => expect(asked.at(-1)).toEqual({ q: 'gare' }))
  })

  test('lists places before the map is drawn, and does not ask again when it is', async () => {
    const { model, asked, until } = setting()
    model.retry()
    await until(({ places }) => places.length === 1)
    const seen = { west: -20, south: 38, east: 25, north: 54 }
    model.moved(model.state().view, seen)
    model.moved(view, box)
    await vi.waitFor(() => expect(asked.at(-1)).toMatchObject({ lat: '47.210000' }))
    expect(asked).toHaveLength(2)
  })

  test('shows a plug that was just taken as taken, in the list and on the sheet', async () => {
    const { model, occupy, until } = setting()
    model.moved(view, box)
    await until(({ places }) => places.length === 1)
    model.select('place')
    await until(({ selected }) => selected?.detail !== undefined)
    expect(model.state().places[0]?.availableCount).toBe(1)
    occupy()
    model.changed('place')
    await until(({ places }) => places[0]?.availableCount === 0)
    expect(model.state().selected?.detail?.location.evses[0]?.status).toBe('CHARGING')
  })

  test('shows the last data without network, says of when, and goes on when it is back', async () => {
    const { model, goAway, until } = setting()
    model.moved(view, box)
    await until(({ places }) => places.length === 1)
    model.select('place')
    await until(({ selected }) => selected?.detail !== undefined)
    goAway()
    model.moved({ ...view, zoom: 13 }, box)
    await until(({ offlineSince }) => offlineSince === '2026-11-22T12:00:00.000Z')
    expect(model.state().places).toHaveLength(1)
    model.select(undefined)
    model.select('place')
    expect(model.state().selected?.detail).toBeDefined()
    goAway(false)
    model.retry()
    await until((state) => state.offlineSince === undefined)
  })

  test('keeps favourites for the next visit', async () => {
    const { model, keep } = setting()
    model.toggleFavourite('place')
    model.toggleFavourite('other')
    model.toggleFavourite('other')
    expect([...setting([], keep).model.state().favourites]).toEqual(['place'])
  })

  test('lists favourites wherever they are, and only those that fit', async () => {
    const near = aPlace()
    const far = aPlace({ id: 'far', name: 'Vieux-Port', city: 'Marseille', position: { lon: 5.37, lat: 43.3 } })
    const gone = aPlace({ id: 'gone' })
    const full = (place: Place): PlaceDetail =>
      ({
        location: {
          ...place,
          evses: [{ status: 'AVAILABLE', payable: true, connectors: [{ standard: 'CHADEMO', maxPowerW: 50_000 }] }],
        },
        tariffs: {},
      }) as unknown as PlaceDetail
    const model = createMapModel({
      source: {
        search: async () => ({ items: [near, aPlace({ id: 'stranger' })], more: true }),
        detail: async (id) => {
          if (id === 'gone') throw new WerenodeError('not-found', 'Taken off the map')
          return full(far)
        },
      },
      pauseMs: 0,
    })
    for (const { id } of [near, far, gone]) model.toggleFavourite(id)
    model.moved(view, box)
    model.filter({ favourites: true })
    await vi.waitFor(() => expect(model.state().places.map(({ id }) => id)).toEqual(['place', 'far']))
    expect(model.state()).toMatchObject({ complete: true, places: [{}, { maxPowerW: 50_000, availableCount: 1 }] })
    model.filter({ minPowerW: 150_000 })
    await vi.waitFor(() => expect(model.state().places.map(({ id }) => id)).toEqual(['place']))
  })

  test('asks for the price of a charge as soon as it is sorted by price', async () => {
    const { model, asked } = setting()
    model.sortBy('price')
    await vi.waitFor(() => expect(asked.at(-1)).toMatchObject({ energyWh: '30000' }))
  })

  test('says what failed when it is not the network', async () => {
    const model = createMapModel({
      source: {
        search: async () => {
          throw new WerenodeError('rate-limited', 'Too many requests')
        },
        detail: async () => {
          throw new WerenodeError('not-found', 'No such place')
        },
      },
      from: { place: 'gone' },
      pauseMs: 0,
    })
    model.moved(view, box)
    await vi.waitFor(() => expect(model.state().problem).toMatchObject({ code: 'rate-limited' }))
    expect(model.state().selected?.problem).toMatchObject({ code: 'not-found' })
  })
})
