import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createTimeReader, createTimeWriter } from './quick-time.ts'

const near = fc.integer({ min: 0, max: 200_000 }).map((ms) => Date.UTC(2026, 1, 28, 23, 58) + ms)
const any = fc.integer({ min: -8.64e15, max: 8.64e15 })
const times = fc.array(fc.oneof(near, any), { minLength: 1, maxLength: 40 })

it('writes every time as a Date writes it', () => {
  fc.assert(
    fc.property(times, (all) => {
      const write = createTimeWriter()
      for (const ms of all) expect(write(ms)).toBe(new Date(ms).toISOString())
    }),
  )
})

it('reads what it wrote, and what is no time as none', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 253_402_300_799_999 }), { maxLength: 40 }), (all) => {
      const read = createTimeReader()
      for (const ms of all) expect(read(new Date(ms).toISOString())).toBe(ms)
    }),
  )
  const read = createTimeReader()
  for (const text of [
    '2026-02-28T23:59:07.120Z',
    '2026-02-31T23:59:07.120Z',
    '2026-13-01T00:00:00.000Z',
    '2026-02-28T24:59:07.120Z',
  ])
    expect(read(text)).toBe(Date.parse(text))
  for (const text of ['2026-02-28T23:59:60.000Z', '2026-02-28T23:59:07Z', '2026-02-28T23:59:07.1Z'])
    expect(read(text)).toBe(Date.parse(text))
})
