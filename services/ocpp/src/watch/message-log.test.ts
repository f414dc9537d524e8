import { openMemoryStore } from '@werenode/store'
import fc from 'fast-check'
import pino from 'pino'
import { expect, it } from 'vitest'
import { ocppCollections } from '../collections.ts'
import { createFrameArena, framesIn } from './frame-arena.ts'
import { createMessageLog } from './message-log.ts'

const at = Date.UTC(2026, 4, 1)
const openLog = async (chapters?: number) => {
  const store = await openMemoryStore()
  await store.define(ocppCollections)
  const open = () =>
    createMessageLog({
      store,
      log: pino({ level: 'silent' }),
      onDuplicateKeys: () => undefined,
      ...(chapters === undefined ? {} : { chapters }),
    })
  return { store, open }
}

it('gives back what went over the line, newest first, also after a restart', async () => {
  const { store, open } = await openLog()
  const log = open()
  for (let index = 0; index < 50; index += 1) {
    log.note('A', 'in', `[2,"${index}","Heartbeat",{}]`, 'Heartbeat', at + index * 2)
    log.note('A', 'out', `[3,"${index}",{}]`, 'Heartbeat', at + index * 2 + 1)
    if (index % 20 === 0) await log.flush()
  }
  log.note('B', 'in', 'é\x1e€', undefined, at)
  await log.flush()
  const again = open()
  const frames = await again.read('A', { limit: 1_000 })
  expect(frames).toHaveLength(100)
  expect(frames[0]).toEqual({ at: new Date(at + 99).toISOString(), direction: 'out', text: '[3,"49",{}]' })
  expect(frames.at(-1)).toEqual({ at: new Date(at).toISOString(), direction: 'in', text: '[2,"0","Heartbeat",{}]' })
  expect(await again.read('A', { after: at + 97 })).toHaveLength(2)
  expect(await again.read('A', { containing: '"49"' })).toHaveLength(2)
  expect(await again.read('B')).toMatchObject([{ text: 'é\x1e€' }])
  await store.close()
})

it('is a ring: it never grows beyond its chapters', async () => {
  const { store, open } = await openLog(4)
  const log = open()
  for (let index = 0; index < 30; index += 1) {
    log.note('A', 'in', `[2,"${index}","X",{"data":"${'x'.repeat(3_000)}"}]`, 'X', at + index)
    await log.flush()
  }
  expect(await store.count('ocpp_message_log', {})).toBe(4)
  const frames = await log.read('A')
  expect(frames.map(({ text }) => text.slice(0, 7))).toEqual(['[2,"29"', '[2,"28"', '[2,"27"', '[2,"26"'])
  await store.close()
})

it('writes what came in a flood before its time', async () => {
  const { store, open } = await openLog()
  const log = open()
  const text = `[2,"1","X",{"data":"${'x'.repeat(3_900)}"}]`
  for (let index = 0; index < 4_400; index += 1) log.note(`S-${index % 4}`, 'in', text, 'X', at + index)
  await expect.poll(() => store.count('ocpp_message_log', {}), { timeout: 20_000 }).toBeGreaterThan(100)
  // What came after the flood waits for the next flush, and is read all the same.
  log.note('S-0', 'in', '[2,"2","Heartbeat",{}]', 'Heartbeat', at + 5_000)
  expect(await log.read('S-0', { limit: 2_000 })).toHaveLength(1_101)
  await store.close()
})

it('keeps any text as it is', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 20 }), (texts) => {
      const arena = createFrameArena()
      const places: number[] = []
      for (const [index, text] of texts.entries()) arena.add(places, at + index, index % 2 ? 'in' : 'out', text)
      const back = framesIn(arena.collect(places).toString('utf8'))
      // A text that imitates the head of a frame would be two: only a frame that is no JSON can.
      const honest = texts.every((text) => !text.includes('\x1e'))
      if (honest) expect(back.map(({ text }) => text)).toEqual(texts)
    }),
  )
})

it('keeps frames over many blocks, each as it was, also in blocks that served before', () => {
  for (const letter of ['a', 'b']) {
    const arena = createFrameArena()
    const stations: number[][] = [[], [], []]
    const textOf = (index: number): string => `${letter}${index} ${letter.repeat((index * 37) % 4_000)}`
    for (let index = 0; index < 600; index += 1) arena.add(stations[index % 3]!, at + index, 'in', textOf(index))
    for (const [station, places] of stations.entries()) {
      const back = framesIn(arena.collect(places).toString('utf8'))
      expect(back.map(({ text }) => text)).toEqual(Array.from({ length: 200 }, (_, n) => textOf(n * 3 + station)))
    }
    arena.release()
  }
  expect(() => createFrameArena().add([], at, 'in', 'x'.repeat(300_000))).toThrow(RangeError)
})
