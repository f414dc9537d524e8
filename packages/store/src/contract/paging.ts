import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectCode, ids, insert, type OpenStore, sharedStore, type Thing } from './opened.ts'
import { compareForSort, compareText } from './reference.ts'

const text = fc.oneof(fc.constantFrom('a', 'b', 'B', 'é', '\u{1F50C}', '\uFFFD', ''), fc.string({ maxLength: 2 }))
const number = fc.oneof(
  fc.integer({ min: -2, max: 3 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
)
const body = fc.record(
  {
    s: fc.option(text),
    n: fc.option(number),
    deep: fc.record({ n: fc.option(fc.integer({ min: 0, max: 2 })) }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
)
const direction = fc.constantFrom(1 as const, -1 as const)
const sort = fc.uniqueArray(fc.tuple(fc.constantFrom('s', 'n', 'deep.n', '_rev'), direction), {
  selector: ([path]) => path,
  maxLength: 3,
})

export const pagingContract = (open: OpenStore): void => {
  describe('sorting and paging', () => {
    const store = sharedStore(open)

    it('walks every document once, in the order of the reference, whatever the page size', async () => {
      let n = 0
      await fc.assert(
        fc.asyncProperty(
          fc.array(body, { maxLength: 25 }),
          fc.array(fc.tuple(sort, fc.integer({ min: 1, max: 9 })), { minLength: 4, maxLength: 4 }),
          async (bodies, queries) => {
            const name = `t_pages${n++}`
            await store().define([
              { name, ...(n % 2 === 0 ? { indexes: [{ fields: ['s', 'n'] }, { fields: ['deep.n'] }] } : {}) },
            ])
            const docs = bodies.map((fields, i) => ({ ...fields, _id: `${(i * 7) % 25}` }))
            await store().write(insert(name, ...docs))
            for (const [keys, limit] of queries) {
              const tie = keys.at(-1)?.[1] ?? 1
              const expected = docs.toSorted((a, b) => {
                for (const [path, way] of keys) {
                  const order = compareForSort({ ...a, _rev: 1 }, { ...b, _rev: 1 }, path)
                  if (order !== 0) return order * way
                }
                return compareText(a._id, b._id) * tie
              })
              const walked: string[] = []
              let after: string | undefined
              do {
                const page = await store().find(
                  name,
                  {},
                  { sort: keys, limit, ...(after === undefined ? {} : { after }) },
                )
                expect(page.items.length).toBeLessThanOrEqual(limit)
                walked.push(...ids(page.items))
                after = page.next
              } while (after !== undefined)
              expect(walked, JSON.stringify([keys, limit])).toEqual(ids(expected))
            }
          },
        ),
        { numRuns: 30 },
      )
    })

    it('goes on after a cursor though documents come and go', async () => {
      await store().define([{ name: 't_moving', indexes: [{ fields: ['at'] }] }])
      await store().write(insert('t_moving', ...Array.from({ length: 6 }, (_, i) => ({ _id: `d${i}`, at: i }))))
      const options = { sort: [['at', -1]], limit: 2 } as const
      const first = await store().find('t_moving', {}, options)
      expect(ids(first.items)).toEqual(['d5', 'd4'])
      await store().write([{ op: 'delete', in: 't_moving', id: 'd4' }, ...insert('t_moving', { _id: 'd9', at: 9 })])
      const second = await store().find('t_moving', {}, { ...options, after: first.next! })
      expect(ids(second.items)).toEqual(['d3', 'd2'])
    })

    it('has no next page exactly when there is nothing more', async () => {
      await store().define([{ name: 't_end' }])
      await store().write(insert('t_end', { _id: 'a' }, { _id: 'b' }))
      expect((await store().find('t_end', {}, { limit: 2 })).next).toBeUndefined()
      expect((await store().find('t_end', {}, { limit: 1 })).next).toBeDefined()
      expect(await store().find('t_end', { _id: 'x' })).toEqual({ items: [] })
    })

    it('gives 100 unless told, and never more than 10,000', async () => {
      await store().define([{ name: 't_limits' }])
      await store().write(insert('t_limits', ...Array.from({ length: 101 }, (_, i) => ({ _id: `d${i}` }))))
      expect((await store().find('t_limits', {})).items.length).toBe(100)
      for (const limit of [0, -1, 1.5, 10_001, Number.NaN]) {
        await expectCode(store().find('t_limits', {}, { limit }), 'invalid-input')
      }
    })

    it('refuses a cursor of another query, and one it never gave', async () => {
      await store().define([{ name: 't_cursor' }, { name: 't_other' }])
      await store().write(insert('t_cursor', ...Array.from({ length: 5 }, (_, i) => ({ _id: `d${i}`, n: i }) as Thing)))
      const options = { sort: [['n', 1]], limit: 2 } as const
      const { next } = await store().find('t_cursor', { n: { $gte: 0 } }, options)
      const after = next!
      await expectCode(store().find('t_cursor', { n: { $gte: 1 } }, { ...options, after }), 'invalid-input')
      await expectCode(store().find('t_cursor', { n: { $gte: 0 } }, { sort: [['n', -1]], after }), 'invalid-input')
      await expectCode(store().find('t_other', { n: { $gte: 0 } }, { ...options, after }), 'invalid-input')
      for (const made of ['', 'x', 'W10', Buffer.from('["x","y"]').toString('base64url'), '\u0000', after.slice(2)]) {
        await expectCode(store().find('t_cursor', { n: { $gte: 0 } }, { ...options, after: made }), 'invalid-input')
      }
    })
  })
}
