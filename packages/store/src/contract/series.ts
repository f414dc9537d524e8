import type { Point } from '@werenode/core'
import { describe, expect, it } from 'vitest'
import { expectCode, type OpenStore, sharedStore } from './opened.ts'

export const seriesContract = (open: OpenStore): void => {
  describe('time series', () => {
    const store = sharedStore(open)
    const append = (series: string, key: string, ...points: readonly Point[]) =>
      store().write([{ op: 'append', series, key, points }])

    it('gives points by their own time, and points of one time in the order they came', async () => {
      await append('power', 'a', { at: 30, value: 'late' }, { at: 10, value: { w: 1 } })
      await append('power', 'a', { at: 20, value: null }, { at: 10, value: { w: 1 } }, { at: -5, value: [1] })
      await append('power', 'b', { at: 15, value: 'other key' })
      await append('energy', 'a', { at: 15, value: 'other series' })
      const all = [
        { at: -5, value: [1] },
        { at: 10, value: { w: 1 } },
        { at: 10, value: { w: 1 } },
        { at: 20, value: null },
        { at: 30, value: 'late' },
      ]
      expect(await store().range('power', 'a', {})).toEqual(all)
      expect(await store().range('power', 'a', { newestFirst: true })).toEqual(all.toReversed())
      expect(await store().range('power', 'a', { from: 10, to: 30 })).toEqual(all.slice(1, 4))
      expect(await store().range('power', 'a', { newestFirst: true, limit: 2 })).toEqual(all.toReversed().slice(0, 2))
      expect(await store().range('power', 'nobody', {})).toEqual([])
    })

    it('gives all points of a long series', async () => {
      const points = Array.from({ length: 12_000 }, (_, i) => ({ at: i, value: i }))
      for (let i = 0; i < points.length; i += 3_000) await append('long', 'a', ...points.slice(i, i + 3_000))
      expect(await store().range('long', 'a', {})).toEqual(points)
    })

    it('refuses times that are not whole milliseconds and values that are not JSON', async () => {
      await expectCode(append('bad', 'a', { at: 1.5, value: 1 }), 'invalid-input')
      await expectCode(append('bad', 'a', { at: Number.NaN, value: 1 }), 'invalid-input')
      await expectCode(append('bad', 'a', { at: 1, value: 1n }), 'invalid-input')
      await expectCode(append('', 'a', { at: 1, value: 1 }), 'invalid-input')
      await expectCode(store().range('bad', 'a', { limit: 0 }), 'invalid-input')
      await expectCode(store().range('bad', 'a', { from: Number.NaN }), 'invalid-input')
      expect(await store().range('bad', 'a', {})).toEqual([])
    })
  })
}
