import { describe, expect, it } from 'vitest'
import { expectCode, ids, insert, type OpenStore, sharedStore, type Thing } from './opened.ts'

export const wordContract = (open: OpenStore): void => {
  describe('words', () => {
    const store = sharedStore(open)

    it('finds by the beginnings of words, whatever their case and accents', async () => {
      await store().define([{ name: 't_words', text: ['name', 'address.city'] }])
      await store().write(
        insert(
          't_words',
          { _id: 'evry', name: 'Gare d’Évry', address: { city: 'Évry-Courcouronnes' } },
          { _id: 'isle', name: "Place de L'Isle", address: { city: 'Saint-Étienne' }, open: true },
          { _id: 'bare', address: {} },
        ),
      )
      const find = async (words: string) => ids(await store().text('t_words', { words })).sort()
      expect(await find('evry')).toEqual(['evry'])
      expect(await find('ÉVRY cour')).toEqual(['evry'])
      expect(await find('etie')).toEqual(['isle'])
      expect(await find('saint-eti')).toEqual(['isle'])
      expect(await find("l'isle")).toEqual(['isle'])
      expect(await find('place etienne')).toEqual(['isle'])
      expect(await find('tienne')).toEqual([])
      expect(await find('evry isle')).toEqual([])
      expect(ids(await store().text('t_words', { words: 'e', filter: { open: true } }))).toEqual(['isle'])
      expect((await store().text('t_words', { words: 'e', limit: 1 })).length).toBe(1)
    })

    it('takes anything for words, and nothing for a query language', async () => {
      await store().define([{ name: 't_hostile', text: ['name'] }])
      await store().write(insert('t_hostile', { _id: 'a', name: 'alpha or near not' }))
      const hostile = [
        '"',
        '*',
        "'",
        'alpha"',
        'NEAR(a b)',
        'a AND',
        'name:alpha',
        '^alpha',
        '-alpha',
        '(',
        'a\u0000b',
        '\ud800',
        '{x}',
        ' ',
        '',
      ]
      for (const words of hostile) await store().text('t_hostile', { words })
      expect(ids(await store().text('t_hostile', { words: 'alpha OR near NOT' }))).toEqual(['a'])
      expect(await store().text('t_hostile', { words: '*' })).toEqual([])
      expect((await store().text('t_hostile', { words: 'x '.repeat(5_000) })).length).toBe(0)
      await expectCode(store().text('t_hostile', { words: 5 as never }), 'invalid-input')
    })

    it('follows documents as they change and go', async () => {
      await store().define([{ name: 't_changing', text: ['name'] }, { name: 't_mute' }])
      const find = async (words: string) => ids(await store().text('t_changing', { words }))
      const put = (doc: Thing) => store().write([{ op: 'put', in: 't_changing', doc }])
      await put({ _id: 'a', name: 'before' })
      await put({ _id: 'a', name: 'after' })
      expect(await find('before')).toEqual([])
      expect(await find('after')).toEqual(['a'])
      await put({ _id: 'a' })
      expect(await find('after')).toEqual([])
      await put({ _id: 'a', name: 'again' })
      await store().write([{ op: 'delete', in: 't_changing', id: 'a' }])
      expect(await find('again')).toEqual([])
      await expectCode(store().text('t_mute', { words: 'a' }), 'invalid-input')
    })
  })
}
