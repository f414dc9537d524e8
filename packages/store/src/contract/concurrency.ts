import { isWerenodeError, type Store } from '@werenode/core'
import { describe, expect, it } from 'vitest'
import { insert, type OpenStore, sharedStore, type Thing } from './opened.ts'

type Counter = Thing & { readonly n: number }

/** Read, decide, write; on `conflict` once more. What every owner of a state machine does. */
const increment = async (store: Store, collection: string, id: string): Promise<number> => {
  for (let conflicts = 0; ; conflicts++) {
    const { _rev, ...doc } = (await store.get<Counter>(collection, id))!
    try {
      await store.write([{ op: 'replace', in: collection, doc: { ...doc, n: doc.n + 1 } as Counter, rev: _rev }])
      return conflicts
    } catch (error) {
      if (!isWerenodeError(error) || error.code !== 'conflict') throw error
    }
  }
}

export const concurrencyContract = (open: OpenStore): void => {
  describe('many writers at once', () => {
    const store = sharedStore(open)

    it('lose no increment', async () => {
      await store().define([{ name: 't_counter' }])
      await store().write(insert('t_counter', { _id: 'a', n: 0 }, { _id: 'b', n: 0 }))
      await Promise.all(
        Array.from({ length: 16 }, async (_, writer) => {
          for (let i = 0; i < 10; i++) await increment(store(), 't_counter', writer % 2 === 0 ? 'a' : 'b')
        }),
      )
      expect(await store().getMany('t_counter', ['a', 'b'])).toEqual([
        { _id: 'a', n: 80, _rev: 81 },
        { _id: 'b', n: 80, _rev: 81 },
      ])
    })

    it('agree on one winner of a unique value', async () => {
      await store().define([{ name: 't_race', indexes: [{ fields: ['plug'], unique: true }] }])
      const results = await Promise.allSettled(
        Array.from({ length: 40 }, (_, i) => store().write(insert('t_race', { _id: `s${i}`, plug: 'p' }))),
      )
      expect(results.filter((result) => result.status === 'fulfilled').length).toBe(1)
      expect(await store().count('t_race', { plug: 'p' })).toBe(1)
    })

    it('never pass a check that another write has undone', async () => {
      await store().define([{ name: 't_gate' }])
      await store().write(insert('t_gate', { _id: 'gate' }))
      const results = await Promise.allSettled(
        Array.from({ length: 20 }, (_, i) =>
          store().write([
            { op: 'check', in: 't_gate', id: 'gate', rev: 1 },
            { op: 'put', in: 't_gate', doc: { _id: 'gate' } },
            ...insert('t_gate', { _id: `through ${i}` }),
          ]),
        ),
      )
      expect(results.filter((result) => result.status === 'fulfilled').length).toBe(1)
      expect(await store().count('t_gate', {})).toBe(2)
    })

    it('see at once what they wrote themselves', async () => {
      await store().define([{ name: 't_own', indexes: [{ fields: ['n'] }], geo: 'at', text: ['name'] }])
      await Promise.all(
        Array.from({ length: 40 }, async (_, n) => {
          await store().write(insert('t_own', { _id: `d${n}`, n, at: { lon: n, lat: 0 }, name: `word${n}` }))
          expect((await store().get<Counter>('t_own', `d${n}`))?.n).toBe(n)
          expect((await store().find('t_own', { n })).items.length).toBe(1)
          expect((await store().near('t_own', { lon: n, lat: 0, radiusM: 10 })).length).toBe(1)
          expect((await store().text('t_own', { words: `word${n}` })).some((doc) => doc._id === `d${n}`)).toBe(true)
        }),
      )
    })
  })
}
