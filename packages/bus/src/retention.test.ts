import { newEvent } from '@werenode/core'
import { openMemoryStore } from '@werenode/store'
import { describe, expect, it } from 'vitest'
import { createInProcessBus } from './in-process.ts'

const DAY_MS = 86_400_000

describe('old events', { timeout: 60_000 }, () => {
  it('are forgotten when every group has acknowledged them, except the newest', async () => {
    const store = await openMemoryStore()
    let now = Date.UTC(2026, 0, 1)
    const warnings: object[] = []
    const log = { info: () => {}, error: () => {}, warn: (data: object) => void warnings.push(data) }
    const open = () =>
      createInProcessBus({
        store,
        clock: () => new Date(now),
        retentionDays: 30,
        log,
        retry: { firstPauseMs: 5, longestPauseMs: 20 },
      })
    let bus = await open()
    const commit = (station: string, n: number) =>
      bus.commit(
        [],
        [
          newEvent({
            id: `${station}:${n}`,
            type: 'station.disconnected',
            at: new Date(now),
            subject: `station.${station}`,
            data: { stationId: station, epoch: n, reason: '' },
          }),
        ],
      )
    const left = async () => (await bus.replay({ afterSeq: 0, types: ['>'], limit: 10_000 })).map((event) => event.id)

    let sick = true
    const handler = async (event: { subject: string }): Promise<void> => {
      if (sick && event.subject === 'station.sick') throw new Error('sick')
    }
    await bus.consume({ group: 'g', types: ['>'] }, handler)
    for (let n = 0; n < 700; n++) await commit('well', n)
    await commit('sick', 0)
    now += 10 * DAY_MS
    for (let n = 700; n < 710; n++) await commit('well', n)
    await bus.close()
    bus = await open()
    expect(await bus.prune()).toBe(0)

    now += 25 * DAY_MS
    expect(await bus.prune()).toBe(700)
    expect((await left()).slice(0, 2)).toEqual(['sick:0', 'well:700'])
    expect(warnings.some((data) => 'groups' in data)).toBe(true)

    now += 100 * DAY_MS
    expect(await bus.prune()).toBe(0)
    sick = false
    await bus.consume({ group: 'g', types: ['>'] }, handler)
    await bus.idle(10_000)
    await bus.close()
    bus = await open()
    expect(await bus.prune()).toBe(10)
    expect(await left()).toEqual(['well:709'])
    await bus.close()
    bus = await open()
    const { events } = await commit('well', 710)
    expect(events[0]?.seq).toBe(712)
    await bus.close()
    await store.close()
  })
})
