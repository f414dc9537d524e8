import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distanceM } from '../geo.ts'
import { expectCode, ids, insert, type OpenStore, sharedStore, type Thing } from './opened.ts'

const lon = fc.oneof(fc.double({ min: -180, max: 180, noNaN: true }), fc.constantFrom(-180, 180, 179.999, -179.999, 0))
const lat = fc.oneof(fc.double({ min: -90, max: 90, noNaN: true }), fc.constantFrom(-90, 90, 89.999, -89.999, 0))
const radius = fc.constantFrom(0, 1, 500, 20_000, 300_000, 5_000_000, 20_100_000)

export const placeContract = (open: OpenStore): void => {
  describe('places', () => {
    const store = sharedStore(open)

    it('near finds everything within the radius and nothing beyond, nearest first, also at poles and the date line', async () => {
      await store().define([{ name: 't_near', geo: 'coordinates' }])
      const places = fc.sample(fc.tuple(lon, lat), { numRuns: 400, seed: 3 })
      await store().write(
        insert(
          't_near',
          ...places.map(([x, y], i) => ({ _id: `p${i}`, coordinates: { lon: x, lat: y }, odd: i % 2 === 1 })),
        ),
      )
      await fc.assert(
        fc.asyncProperty(lon, lat, radius, fc.boolean(), async (x, y, radiusM, filtered) => {
          const found = await store().near('t_near', {
            lon: x,
            lat: y,
            radiusM,
            limit: 400,
            ...(filtered ? { filter: { odd: true } } : {}),
          })
          const got = new Set(found.map(({ doc }) => doc._id))
          for (const [i, [px, py]] of places.entries()) {
            if (filtered && i % 2 === 0) continue
            const away = distanceM(x, y, px, py)
            // On the rim itself, rounding may decide either way.
            if (away < radiusM - 0.01) expect(got.has(`p${i}`), `p${i} at ${away}`).toBe(true)
            if (away > radiusM + 0.01) expect(got.has(`p${i}`), `p${i} at ${away}`).toBe(false)
          }
          for (const [i, { doc, distanceM: told }] of found.entries()) {
            const [px, py] = places[Number(doc._id.slice(1))]!
            expect(Math.abs(told - distanceM(x, y, px, py))).toBeLessThan(0.01)
            if (i > 0) expect(told).toBeGreaterThanOrEqual(found[i - 1]!.distanceM)
          }
          const five = await store().near('t_near', {
            lon: x,
            lat: y,
            radiusM,
            limit: 5,
            ...(filtered ? { filter: { odd: true } } : {}),
          })
          expect(five.map((each) => each.distanceM)).toEqual(found.slice(0, 5).map((each) => each.distanceM))
        }),
        { numRuns: 80 },
      )
    })

    it('box finds everything inside and nothing outside, also across the date line', async () => {
      await store().define([{ name: 't_box', geo: 'at.position' }])
      const places = fc.sample(fc.tuple(lon, lat), { numRuns: 300, seed: 4 })
      await store().write(
        insert('t_box', ...places.map(([x, y], i) => ({ _id: `p${i}`, at: { position: { lon: x, lat: y } } }))),
      )
      await fc.assert(
        fc.asyncProperty(lon, lon, lat, lat, async (west, east, south, north) => {
          const inside = places.flatMap(([x, y], i) => {
            const across = west <= east ? x >= west && x <= east : x >= west || x <= east
            return across && y >= south && y <= north ? [`p${i}`] : []
          })
          const found = await store().box('t_box', { west, east, south, north, limit: 300 })
          expect(ids(found).sort()).toEqual(inside.sort())
        }),
        { numRuns: 80 },
      )
    })

    it('box gives its documents by id, so that it can be read page by page', async () => {
      await store().define([{ name: 't_box_pages', geo: 'at' }])
      const names = ['b', 'd', 'a', 'e', 'c', 'B', 'é']
      await store().write(
        insert('t_box_pages', ...names.map((_id, i) => ({ _id, at: { lon: i % 2 === 0 ? 179 : -179, lat: i } }))),
      )
      const whole = { west: 170, east: -170, south: -10, north: 10 }
      const read: string[] = []
      for (let last = ''; ; last = read.at(-1)!) {
        const page = await store().box('t_box_pages', {
          ...whole,
          limit: 2,
          filter: last === '' ? {} : { _id: { $gt: last } },
        })
        if (page.length === 0) break
        read.push(...ids(page))
      }
      expect(read).toEqual(['B', 'a', 'b', 'c', 'd', 'e', 'é'])
    })

    it('follows documents as they move, lose their place, or go', async () => {
      await store().define([{ name: 't_moves', geo: 'at' }])
      const here = { lon: 2.35, lat: 48.85, radiusM: 100 }
      const near = async () => (await store().near('t_moves', here)).map(({ doc }) => doc._id)
      const put = (doc: Thing) => store().write([{ op: 'put', in: 't_moves', doc }])
      await put({ _id: 'a', at: { lon: 2.35, lat: 48.85 } })
      expect(await near()).toEqual(['a'])
      await put({ _id: 'a', at: { lon: 2.36, lat: 48.85 } })
      expect(await near()).toEqual([])
      await put({ _id: 'a', at: { lon: 2.35, lat: 48.85 }, n: 2 })
      expect(await near()).toEqual(['a'])
      for (const at of [
        undefined,
        null,
        { lon: '2.35', lat: 48.85 },
        { lon: 2.35 },
        { lon: 200, lat: 48.85 },
        [2.35, 48.85],
        true,
      ]) {
        await put({ _id: 'a', at })
        expect(await near(), JSON.stringify(at)).toEqual([])
      }
      await put({ _id: 'a', at: { lon: 2.35, lat: 48.85 } })
      await store().write([{ op: 'delete', in: 't_moves', id: 'a' }])
      expect(await near()).toEqual([])
    })

    it('refuses places that are not on Earth and collections without a map', async () => {
      await store().define([{ name: 't_flat' }, { name: 't_round', geo: 'at' }])
      await expectCode(store().near('t_flat', { lon: 0, lat: 0, radiusM: 1 }), 'invalid-input')
      await expectCode(store().box('t_flat', { west: 0, east: 1, south: 0, north: 1 }), 'invalid-input')
      for (const bad of [
        { lon: 181 },
        { lat: 91 },
        { lon: Number.NaN },
        { radiusM: -1 },
        { limit: 0 },
        { radiusM: '5' as never },
      ]) {
        await expectCode(store().near('t_round', { lon: 0, lat: 0, radiusM: 1, ...bad }), 'invalid-input')
      }
      await expectCode(store().box('t_round', { west: -200, east: 1, south: 0, north: 1 }), 'invalid-input')
    })
  })
}
