import type { Filter } from '@werenode/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectCode, ids, insert, type OpenStore, sharedStore, type Thing } from './opened.ts'
import { matches } from './reference.ts'

/** Few values, so that filters hit; and the ones that trip: type twins, quotes, huge and tiny numbers, far code points. */
const scalar = fc.oneof(
  fc.constantFrom<string | number | boolean | null>(
    null,
    true,
    false,
    0,
    1,
    -1,
    2.5,
    '',
    '0',
    '1',
    'true',
    'null',
    'a',
    'b',
    'é',
  ),
  fc.constantFrom("it's", '"', '\\', '[1]', '{}', '\u0000', 'a\u0000b', '\u{1F50C}', '\uFFFD', '%', '$a', '?1'),
  fc.constantFrom(
    0.1,
    0.30000000000000004,
    1e21,
    2 ** 53 + 2,
    2 ** 63,
    2 ** 62 + 2 ** 10,
    -(2 ** 63),
    1e300,
    5e-324,
    1e-7,
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
  fc.string({ unit: 'binary', maxLength: 3 }).map((text) => text.toWellFormed()),
)
const leaf = fc.oneof({ weight: 6, arbitrary: scalar }, { weight: 1, arbitrary: fc.array(scalar, { maxLength: 2 }) })
const body = fc.record(
  { a: leaf, b: leaf, c: fc.oneof(leaf, fc.record({ x: leaf, y: leaf }, { requiredKeys: [] })) },
  { requiredKeys: [] },
)
const path = fc.constantFrom('a', 'b', 'c', 'c.x', 'c.y', 'c.x.z', '_id', '_rev', 'd')
const notNull = scalar.filter((value) => value !== null)
const condition = fc.oneof(
  scalar,
  fc
    .record(
      {
        $eq: scalar,
        $ne: scalar,
        $in: fc.array(scalar, { maxLength: 4 }),
        $nin: fc.array(scalar, { maxLength: 4 }),
        $gt: notNull,
        $gte: notNull,
        $lt: notNull,
        $lte: notNull,
        $exists: fc.boolean(),
      },
      { requiredKeys: [] },
    )
    .map((all) => Object.fromEntries(Object.entries(all).slice(0, 2)))
    .filter((all) => Object.keys(all).length > 0),
)
const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.dictionary(path, condition, { maxKeys: 2 }) as fc.Arbitrary<Filter>,
    fc.record({ $and: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }) as unknown as fc.Arbitrary<Filter>,
    fc.record({ $or: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }) as unknown as fc.Arbitrary<Filter>,
  ),
}))

export const filterContract = (open: OpenStore): void => {
  describe('filters', () => {
    const store = sharedStore(open)

    it('find exactly what the reference finds, with and without indexes', async () => {
      let n = 0
      await fc.assert(
        fc.asyncProperty(
          fc.array(body, { minLength: 5, maxLength: 25 }),
          fc.array(filter, { minLength: 12, maxLength: 12 }),
          async (bodies, filters) => {
            const collection = `t_filter${n++}`
            const indexes = [
              { fields: ['a'] },
              { fields: ['c.x', 'b'] },
              { fields: ['b'], where: { a: 'a' } },
              { fields: ['b'], where: { a: true } },
            ]
            await store().define([{ name: collection, ...(n % 2 === 0 ? { indexes } : {}) }])
            const docs = bodies.map((fields, i) => ({ ...fields, _id: String(i) }))
            await store().write(insert(collection, ...docs))
            for (const each of filters) {
              const expected = docs.filter((doc) => matches({ ...doc, _rev: 1 }, each)).map((doc) => doc._id)
              const { items } = await store().find(collection, each)
              expect(ids(items).sort(), JSON.stringify(each)).toEqual(expected.sort())
              expect(await store().count(collection, each)).toBe(expected.length)
            }
          },
        ),
        { numRuns: 40 },
      )
    })

    it('find each stored value by itself and by nothing else', async () => {
      await store().define([{ name: 't_self', indexes: [{ fields: ['a'] }] }])
      const values = fc.sample(scalar, { numRuns: 300, seed: 11 }).filter((value) => value !== null)
      const distinct = [...new Map(values.map((value) => [`${typeof value}${String(value)}`, value])).values()]
      await store().write(insert('t_self', ...distinct.map((a, i) => ({ _id: String(i), a }))))
      for (const [i, a] of distinct.entries()) {
        expect(ids((await store().find('t_self', { a })).items), JSON.stringify(a)).toEqual([String(i)])
      }
    })

    it('are refused when they hold anything unknown', async () => {
      await store().define([{ name: 't_strict', indexes: [{ fields: ['a'] }] }])
      await store().write(insert('t_strict', { _id: '1', a: 1 }))
      const refused: unknown[] = [
        { a: { $regex: '.*' } },
        { a: { $gt: 1, $where: '1' } },
        { $where: '1' },
        { $not: { a: 1 } },
        { $nor: [{ a: 1 }] },
        { a: undefined },
        { a: { $eq: undefined } },
        { a: { $in: [undefined] } },
        { a: { $in: 'abc' } },
        { a: { $gt: null } },
        { a: { $gt: [1] } },
        { a: { $exists: 1 } },
        { a: {} },
        { a: { b: 1 } },
        { a: [1] },
        { a: Number.NaN },
        { a: new Date(0) },
        { a: 1n },
        { a: () => true },
        { $and: [] },
        { $or: {} },
        { $or: [1] },
        { $and: undefined },
        [],
        null,
        'a = 1',
        new Map(),
      ]
      for (const bad of refused) {
        await expectCode(store().find('t_strict', bad as Filter), 'invalid-input')
        await expectCode(store().count('t_strict', bad as Filter), 'invalid-input')
      }
      let deep: object = { a: 1 }
      for (let i = 0; i < 50; i++) deep = { $and: [deep] }
      await expectCode(store().find('t_strict', deep as Filter), 'invalid-input')
      await expectCode(
        store().find('t_strict', { $or: Array.from({ length: 1_000 }, () => ({ a: 1 })) }),
        'invalid-input',
      )
    })

    it('take no path for more than a path, and no value for more than a value', async () => {
      await store().define([{ name: 't_paths', indexes: [{ fields: ['a'], where: { b: "x' OR 1=1 --" } }] }])
      const nasty = [
        "a'",
        'a"',
        'a)',
        'a;b',
        'a b',
        'a[0]',
        'a..b',
        '.a',
        'a.',
        '',
        'a\u0000',
        "') OR 1=1 --",
        '$a',
        '$.a',
        'ä',
      ]
      await store().write(insert('t_paths', { _id: '1', a: 1, b: "x' OR 1=1 --" }))
      for (const bad of nasty) {
        await expectCode(store().find('t_paths', { [bad]: 1 }), 'invalid-input')
        await expectCode(store().find('t_paths', {}, { sort: [[bad, 1]] }), 'invalid-input')
        expect((await store().find('t_paths', { a: bad })).items).toEqual([])
        expect((await store().find('t_paths', { b: bad })).items).toEqual([])
        await store().write([{ op: 'put', in: 't_paths', doc: { _id: '2', a: bad, [bad]: bad } as Thing }])
        expect(ids((await store().find('t_paths', { a: bad })).items)).toEqual(['2'])
        const taken = await store().find('t_paths', { a: { $in: [bad, 5] } })
        expect(ids(taken.items)).toEqual(['2'])
      }
      expect(ids((await store().find('t_paths', { a: 1, b: "x' OR 1=1 --" })).items)).toEqual(['1'])
      for (const name of ['constructor', '__proto__', 'toString', 'a.__proto__.b']) {
        expect((await store().find('t_paths', { [name]: 'x' })).items).toEqual([])
      }
    })
  })
}
