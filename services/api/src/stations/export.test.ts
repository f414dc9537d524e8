import type { StationFrame } from '@werenode/core'
import { expect, test } from 'vitest'
import { logAsLines } from './export.ts'

const frame = (number: number): StationFrame => ({
  at: new Date(Date.UTC(2026, 4, 1) + number).toISOString(),
  direction: number % 2 === 0 ? 'in' : 'out',
  text: number === 3 ? 'no JSON' : `[2,"${number}","Heartbeat",{}]`,
})

test('the whole log comes out oldest first, however many pages it has, and ends where it was asked', async () => {
  const all = Array.from({ length: 12_000 }, (_, number) => frame(number))
  const asked: object[] = []
  const now = new Date(Date.UTC(2026, 4, 2))
  const text = await logAsLines(async ({ limit, until, skip }) => {
    asked.push({ until, skip })
    return { items: all.toReversed().slice(skip, skip + limit) }
  }, now)
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { at: string; frame: unknown })
  expect(lines).toHaveLength(12_000)
  expect(lines.map(({ at }) => at)).toEqual(all.map(({ at }) => at))
  expect(lines[0]!.frame).toEqual([2, '0', 'Heartbeat', {}])
  // What is no JSON stays the text it is.
  expect(lines[3]!.frame).toBe('no JSON')
  const until = new Date(now.getTime() - 1).toISOString()
  expect(asked).toEqual([0, 5_000, 10_000].map((skip) => ({ until, skip })))
})

test('an empty log is an empty text', async () => {
  expect(await logAsLines(async () => ({ items: [] }), new Date())).toBe('')
})
