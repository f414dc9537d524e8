import type { WerenodeError } from '@werenode/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectCode, ids, insert, type OpenStore, sharedStore, type Thing } from './opened.ts'

export const documentContract = (open: OpenStore): void => {
  describe('documents', () => {
    const store = sharedStore(open)

    it('inserts at revision 1 and counts each replacement', async () => {
      await store().define([{ name: 't_revisions' }])
      expect(await store().write(insert('t_revisions', { _id: 'a', n: 1 }))).toEqual([1])
      expect(await store().get('t_revisions', 'a')).toEqual({ _id: 'a', n: 1, _rev: 1 })
      const replace = { op: 'replace', in: 't_revisions', doc: { _id: 'a', n: 2 } as Thing, rev: 1 } as const
      expect(await store().write([replace])).toEqual([2])
      await expectCode(store().write([replace]), 'conflict', { op: 0, in: 't_revisions', id: 'a' })
      const put = { op: 'put', in: 't_revisions', doc: { _id: 'a', n: 3, _rev: 77 } as Thing } as const
      expect(await store().write([put])).toEqual([3])
      expect(await store().get('t_revisions', 'a')).toEqual({ _id: 'a', n: 3, _rev: 3 })
      expect(await store().write([{ op: 'delete', in: 't_revisions', id: 'a', rev: 3 }])).toEqual([0])
      expect(await store().get('t_revisions', 'a')).toBeUndefined()
    })

    it('refuses an id that exists, a revision that has passed, and a document that is gone', async () => {
      await store().define([{ name: 't_refused' }])
      await store().write(insert('t_refused', { _id: 'a' }))
      const at = { in: 't_refused', id: 'a' }
      const refused = await store()
        .write(insert('t_refused', { _id: 'a' }))
        .catch((error: unknown) => error)
      expect(refused).toMatchObject({ name: 'WerenodeError', code: 'conflict', data: { op: 0, ...at } })
      // That no index is named tells an existing id from a value that must be unique.
      expect((refused as WerenodeError).data).not.toHaveProperty('index')
      await expectCode(store().write([{ op: 'delete', in: 't_refused', id: 'a', rev: 9 }]), 'conflict', {
        op: 0,
        ...at,
      })
      const gone = { op: 'replace', in: 't_refused', doc: { _id: 'b' }, rev: 1 } as const
      await expectCode(store().write([gone]), 'conflict', { op: 0, in: 't_refused', id: 'b' })
      await store().write([{ op: 'delete', in: 't_refused', id: 'never there' }])
    })

    it('checks a revision, or that nothing is there, without writing', async () => {
      await store().define([{ name: 't_checked' }])
      await store().write(insert('t_checked', { _id: 'a' }))
      const check = (id: string, rev: number) => ({ op: 'check', in: 't_checked', id, rev }) as const
      await store().write([check('a', 1), check('b', 0), ...insert('t_checked', { _id: 'c' })])
      await expectCode(store().write([...insert('t_checked', { _id: 'd' }), check('a', 2)]), 'conflict', {
        op: 1,
        id: 'a',
      })
      await expectCode(store().write([...insert('t_checked', { _id: 'd' }), check('a', 0)]), 'conflict', {
        op: 1,
        id: 'a',
      })
      await expectCode(store().write([...insert('t_checked', { _id: 'd' }), check('b', 1)]), 'conflict', {
        op: 1,
        id: 'b',
      })
      expect(await store().count('t_checked', {})).toBe(2)
    })

    it('writes all of a call or nothing', async () => {
      await store().define([{ name: 't_whole' }])
      await store().write(insert('t_whole', { _id: 'old', n: 1 }))
      const ops = [
        { op: 'append', series: 't_whole', key: 'k', points: [{ at: 1, value: 1 }] },
        { op: 'put', in: 't_whole', doc: { _id: 'old', n: 2 } as Thing },
        { op: 'delete', in: 't_whole', id: 'old' },
        ...insert('t_whole', { _id: 'new' }, { _id: 'new' }),
      ] as const
      await expectCode(store().write(ops), 'conflict', { op: 4, in: 't_whole', id: 'new' })
      expect(await store().get('t_whole', 'old')).toEqual({ _id: 'old', n: 1, _rev: 1 })
      expect(await store().get('t_whole', 'new')).toBeUndefined()
      expect(await store().range('t_whole', 'k', {})).toEqual([])
    })

    it('a failing call among many at once fails alone', async () => {
      await store().define([{ name: 't_alone' }])
      const results = await Promise.allSettled(
        Array.from({ length: 60 }, (_, i) =>
          store().write(insert('t_alone', { _id: `x${i}` }, { _id: i % 3 === 0 ? 'same' : `y${i}` })),
        ),
      )
      const done = results.filter((result) => result.status === 'fulfilled').length
      expect(done).toBe(41)
      expect(await store().count('t_alone', {})).toBe(82)
    })

    it('keeps what is unique apart, only among documents that have the fields', async () => {
      await store().define([
        {
          name: 't_unique',
          indexes: [
            { fields: ['party', 'uid'], unique: true },
            { fields: ['plug'], unique: true, where: { state: 'open' } },
            { fields: ['flag'], unique: true, where: { primary: true } },
          ],
        },
      ])
      await store().write(
        insert(
          't_unique',
          { _id: 'a', party: 'FR*A', uid: '1' },
          { _id: 'b', party: 'FR*A' },
          { _id: 'c', party: 'FR*A' },
        ),
      )
      const twin = store().write(insert('t_unique', { _id: 'd', party: 'FR*A', uid: '1' }))
      await expectCode(twin, 'conflict', { op: 0, in: 't_unique', id: 'd', index: 'party,uid' })
      await store().write(
        insert('t_unique', { _id: 'e', plug: 'p', state: 'open' }, { _id: 'f', plug: 'p', state: 'closed' }),
      )
      await expectCode(store().write(insert('t_unique', { _id: 'g', plug: 'p', state: 'open' })), 'conflict', {
        index: 'plug',
      })
      const reopened = {
        op: 'replace',
        in: 't_unique',
        doc: { _id: 'f', plug: 'p', state: 'open' } as Thing,
        rev: 1,
      } as const
      await expectCode(store().write([reopened]), 'conflict', { op: 0, id: 'f', index: 'plug' })
      await store().write(insert('t_unique', { _id: 'h', flag: 1, primary: 1 }, { _id: 'i', flag: 1, primary: 1 }))
      await store().write(insert('t_unique', { _id: 'j', flag: 1, primary: true }))
      await expectCode(store().write(insert('t_unique', { _id: 'k', flag: 1, primary: true })), 'conflict', {
        index: 'flag',
      })
    })

    it('gives back many in the order asked, leaving out what is not there', async () => {
      await store().define([{ name: 't_many' }])
      await store().write(insert('t_many', { _id: 'a' }, { _id: 'b' }, { _id: 'c' }))
      expect(ids(await store().getMany('t_many', ['c', 'x', 'a']))).toEqual(['c', 'a'])
      expect(await store().getMany('t_many', [])).toEqual([])
    })

    it('gives back any plain JSON as it was', async () => {
      await store().define([{ name: 't_json' }])
      let n = 0
      const body = fc.dictionary(
        fc.string(),
        fc.jsonValue({ noUnicodeString: false, stringUnit: 'grapheme' } as object),
      )
      await fc.assert(
        fc.asyncProperty(body, async (fields) => {
          const doc = JSON.parse(JSON.stringify({ fields })) as object
          const _id = `d${n++}`
          await store().write(insert('t_json', { _id, ...doc }))
          expect(await store().get('t_json', _id)).toEqual({ _id, ...doc, _rev: 1 })
        }),
        { numRuns: 60 },
      )
    })

    it('refuses what JSON would bend or lose', async () => {
      await store().define([{ name: 't_bent' }])
      const bent = [
        Number.NaN,
        Number.POSITIVE_INFINITY,
        1n,
        new Date(0),
        new Map(),
        () => 1,
        Symbol('x'),
        [undefined],
        new Uint8Array(2),
      ]
      for (const value of bent) await expectCode(store().write(insert('t_bent', { _id: 'a', value })), 'invalid-input')
      const circle: Record<string, unknown> = { _id: 'a' }
      circle.self = circle
      await expectCode(store().write(insert('t_bent', circle as Thing)), 'invalid-input')
      for (const _id of ['', 'a\u0000b', 'a\nb', 'x'.repeat(513), '\ud800']) {
        await expectCode(store().write(insert('t_bent', { _id })), 'invalid-input')
        await expectCode(store().get('t_bent', _id), 'invalid-input')
      }
      await expectCode(store().write(insert('t_bent', { _id: 'big', text: 'x'.repeat(17 * 1024 * 1024) })), 'too-large')
      expect(await store().count('t_bent', {})).toBe(0)
      // An absent optional field is simply absent.
      await store().write(insert('t_bent', { _id: 'a', value: undefined }))
      expect(await store().get('t_bent', 'a')).toEqual({ _id: 'a', _rev: 1 })
    })

    it('writes what a document was when write was called', async () => {
      await store().define([{ name: 't_moment' }])
      const doc = { _id: 'a', list: [1] }
      const writing = store().write(insert('t_moment', doc))
      doc.list.push(2)
      await writing
      expect(await store().get('t_moment', 'a')).toMatchObject({ list: [1] })
    })

    it('knows only collections that were defined, and definitions that make sense', async () => {
      await expectCode(store().get('t_nowhere', 'a'), 'invalid-input')
      await expectCode(store().write(insert('t_nowhere', { _id: 'a' })), 'invalid-input')
      for (const name of ['', 'A', '1x', 'a-b', 'a b', 'x"; DROP TABLE y', 'a'.repeat(64)]) {
        await expectCode(store().define([{ name }]), 'invalid-input')
      }
      await expectCode(store().get(5 as never, 'a'), 'invalid-input')
      await expectCode(store().find(Symbol('x') as never, {}), 'invalid-input')
      await expectCode(store().write([{ op: 'delete', in: (() => 1) as never, id: 'a' }]), 'invalid-input')
      await expectCode(store().write([{ op: 'append', series: 's', key: 'k', points: 5 as never }]), 'invalid-input')
      await expectCode(store().write([{ op: 'merge', in: 't_x', id: 'a' } as never]), 'invalid-input')
      await expectCode(store().define([{ name: 't_x', indexes: [{ fields: [] }] }]), 'invalid-input')
      await expectCode(store().define([{ name: 't_x', indexes: [{ fields: ["a'b"] }] }]), 'invalid-input')
      await expectCode(store().define([{ name: 't_x', geo: 'a b' }]), 'invalid-input')
      await expectCode(store().define([{ name: 't_x', text: ['a;b'] }]), 'invalid-input')
    })
  })

  describe('definitions', () => {
    it('may be repeated and changed, and everything outlives the process', async (context) => {
      const opened = await open()
      if (opened.reopen === undefined) {
        await opened.close()
        return context.skip('this store forgets')
      }
      let { store } = opened
      await store.define([{ name: 't_things', indexes: [{ fields: ['n'], unique: true }], geo: 'at', text: ['name'] }])
      await store.define([{ name: 't_things', indexes: [{ fields: ['n'], unique: true }], geo: 'at', text: ['name'] }])
      const at = { lon: 2, lat: 48 }
      await store.write(insert('t_things', { _id: 'a', n: 1, at, name: 'Élan', town: 'Évry' }))
      await store.write([{ op: 'append', series: 's', key: 'k', points: [{ at: 5, value: 'x' }] }])

      store = await opened.reopen()
      await store.define([{ name: 't_things', indexes: [{ fields: ['m'] }], text: ['name', 'town'] }])
      expect(await store.get('t_things', 'a')).toMatchObject({ n: 1, _rev: 1 })
      expect(await store.range('s', 'k', {})).toEqual([{ at: 5, value: 'x' }])
      expect(ids(await store.text('t_things', { words: 'evry' }))).toEqual(['a'])
      await expectCode(store.near('t_things', { ...at, radiusM: 10 }), 'invalid-input')
      await store.write(insert('t_things', { _id: 'b', n: 1, at }))

      await expectCode(store.define([{ name: 't_things', indexes: [{ fields: ['n'], unique: true }] }]), 'conflict', {
        in: 't_things',
      })
      expect(ids(await store.text('t_things', { words: 'evry' }))).toEqual(['a'])
      await store.define([{ name: 't_things', indexes: [{ fields: ['n'] }], geo: 'at' }])
      expect((await store.near('t_things', { ...at, radiusM: 10 })).map(({ doc }) => doc._id).sort()).toEqual([
        'a',
        'b',
      ])
      store = await opened.reopen()
      expect(await store.count('t_things', { n: 1 })).toBe(2)
      await opened.close()
    })
  })
}
