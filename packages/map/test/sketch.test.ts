import { fromGeojsonVt } from '@maplibre/vt-pbf'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { homeView } from '../src/index.ts'
import { boxOfSketch, placeInSketch, sketchOf, viewOfSketch } from '../src/style/index.ts'
import { mapStart } from '../web/sketch/map-start.ts'
import { clustered, marksOf, type PlaceFeature } from '../web/sketch/marks.ts'
import { pointsOfTile } from '../web/sketch/tile-points.ts'

const size = { width: 1_000, height: 700 }
const plug = (lon: number, lat: number, nr = 0): PlaceFeature => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [lon, lat] },
  properties: { id: String(nr), name: '', evses: 1, available: nr % 2, payable: true, maxPowerW: 22_000 },
})

describe('where things stand in a sketch', () => {
  test('the corners of its box are the corners of the picture', () => {
    const { west, north, east, south } = boxOfSketch(homeView, size)
    const [first, last] = [
      placeInSketch(homeView, { lon: west, lat: north }),
      placeInSketch(homeView, { lon: east, lat: south }),
    ]
    expect([first.x, first.y, last.x, last.y].map(Math.round)).toEqual([-500, -350, 500, 350])
  })

  test('a box is shown whole, with its margin, and never nearer than the land is a likeness', () => {
    const box = { west: -5, south: 42, east: 8, north: 51 }
    const view = viewOfSketch(box, size)
    const corner = placeInSketch(view, { lon: box.west, lat: box.north })
    expect(Math.max(Math.abs(corner.x) - 452, Math.abs(corner.y) - 302)).toBeCloseTo(0, 6)
    const near = viewOfSketch({ west: 2.35, south: 48.85, east: 2.3501, north: 48.8501 }, size)
    expect(sketchOf(near)).toBeDefined()
    const point = viewOfSketch({ west: 2.35, south: 48.85, east: 2.35, north: 48.85 }, size)
    expect(point).toMatchObject({ lon: 2.35, zoom: near.zoom })
  })

  test('from far off the land is drawn where it fills the picture', () => {
    const far = { ...homeView, zoom: 4 }
    expect(sketchOf(far)).toBeUndefined()
    expect(sketchOf(far, { width: 390, height: 220 })?.scale).toBeCloseTo(0.435, 3)
    expect(sketchOf(far, { width: 1_400, height: 800 })).toBeUndefined()
    expect(sketchOf({ ...far, lon: 40 }, { width: 390, height: 220 })).toBeUndefined()
  })
})

describe('marks', () => {
  test('no plug is lost or counted twice, however they stand', () => {
    const somewhere = fc.tuple(
      fc.double({ min: -4, max: 8, noNaN: true }),
      fc.double({ min: 43, max: 50, noNaN: true }),
    )
    fc.assert(
      fc.property(fc.array(somewhere, { maxLength: 200 }), (places) => {
        const marks = marksOf(
          places.map(([lon, lat], nr) => plug(lon, lat, nr)),
          homeView,
          size,
        )
        const drawn = clustered(marks)
        const count = (of: readonly (typeof marks)[number][]) => of.reduce((sum, { of: { evses } }) => sum + evses, 0)
        expect(count(drawn)).toBe(marks.length)
      }),
    )
  })

  test('what stands apart stays apart, and what lies beside the picture is not drawn', () => {
    const marks = marksOf([plug(2.35, 48.85, 1), plug(5.37, 43.3, 2), plug(40, 10, 3)], homeView, size)
    expect(clustered(marks).map(({ of: { id } }) => id)).toEqual(['1', '2'])
  })
})

describe('a vector tile as nodes make it', () => {
  const tag = { id: 'WRN-NANTES', name: 'Gare', evses: 4, available: 2, payable: true, maxPowerW: 150_000 }
  const tileOf = (features: readonly object[]): Uint8Array =>
    fromGeojsonVt({ places: { features } } as never, { version: 2, extent: 4_096 })

  test('is read as it was written: places, clusters, and where they stand', () => {
    const cluster = { cluster: true, point_count: 9, evses: 40, available: 0, payable: 3, maxPowerW: 22_000 }
    const bytes = tileOf([
      { type: 1, geometry: [[2_048, 1_024]], tags: tag },
      { type: 1, geometry: [[100, 4_000]], tags: cluster },
      { type: 1, geometry: [[-20, 1_000]], tags: tag },
    ])
    const [place, group, ...beside] = pointsOfTile(bytes, { z: 1, x: 1, y: 0 })
    expect(beside).toEqual([])
    expect(place!.properties).toEqual(tag)
    expect(place!.geometry.coordinates[0]).toBe(90)
    expect(place!.geometry.coordinates[1]).toBeCloseTo(79.17133, 4)
    expect(group!.properties).toEqual({ evses: 40, available: 0, payable: true, maxPowerW: 22_000 })
  })

  test('an empty one has no points; bytes that are none are refused, never read beyond', () => {
    const name = { z: 0, x: 0, y: 0 }
    expect(pointsOfTile(new Uint8Array(), name)).toEqual([])
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          pointsOfTile(bytes, name)
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError)
        }
      }),
    )
    const whole = tileOf([{ type: 1, geometry: [[1, 1]], tags: tag }])
    expect(() => pointsOfTile(whole.subarray(0, whole.length - 3), name)).toThrow('no vector tile')
  })
})

describe('the map begins by itself', () => {
  const shelf = () => {
    const kept = new Map<string, string>()
    return {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => void kept.set(key, text),
    }
  }
  test('where graphics are quick, and for a view no sketch is a likeness of', async () => {
    expect(await mapStart({ isQuick: async () => true }).atOnce()).toBe(true)
    expect(await mapStart({ isQuick: async () => false }).atOnce()).toBe(false)
    expect(await mapStart({ from: homeView, isQuick: async () => false }).atOnce()).toBe(false)
    expect(await mapStart({ from: { ...homeView, zoom: 13 }, isQuick: async () => false }).atOnce()).toBe(true)
  })

  test('for who wanted it before, without asking the graphics', async () => {
    const keep = shelf()
    mapStart({ keep, isQuick: async () => false }).chosen()
    const next = mapStart({
      keep,
      isQuick: async () => {
        throw new Error('It was asked')
      },
    })
    expect(await next.atOnce()).toBe(true)
  })

  test('a store that may not be used is no obstacle', async () => {
    const forbidden = {
      getItem: (): string => {
        throw new Error('forbidden')
      },
      setItem: () => {
        throw new Error('forbidden')
      },
    }
    const start = mapStart({ keep: forbidden, isQuick: async () => false })
    start.chosen()
    expect(await start.atOnce()).toBe(false)
  })
})
