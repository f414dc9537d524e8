import type { Doc, Store } from '@werenode/core'
import { openMemoryStore } from '@werenode/store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connected, eventIds, expectCode, until } from '../contract/opened.ts'
import { type NatsBus, openNatsBus } from './bus.ts'
import { howToEquip, natsProgram, startNats, type TestCluster } from './testing/servers.ts'

const equipped = natsProgram() !== undefined

describe.skipIf(!equipped)('processes on one NATS and one store', { timeout: 60_000 }, () => {
  let cluster: TestCluster
  beforeAll(async () => {
    cluster = await startNats(1)
  }, 60_000)
  afterAll(() => cluster?.stop(), 30_000)

  const house = async (
    count: number,
  ): Promise<{ buses: NatsBus[]; store: Store; another(): Promise<NatsBus>; close(): Promise<void> }> => {
    const store = await openMemoryStore()
    const prefix = `h${process.pid}_${Math.random().toString(36).slice(2, 8)}`
    const another = () =>
      openNatsBus({ store, clock: () => new Date(), servers: cluster.servers, prefix, deadAfterMs: 1_500 })
    const buses: NatsBus[] = []
    for (let i = 0; i < count; i++) buses.push(await another())
    return {
      buses,
      store,
      another,
      close: async () => {
        for (const bus of buses) await bus.close()
        await store.close()
      },
    }
  }

  it('reach each other by subject, and learn at once when nobody is there', async () => {
    const { buses, close } = await house(2)
    const [one, two] = buses as [NatsBus, NatsBus]
    const stop = one.serve('station.A.1*/é.command', async (payload) => ({ got: payload }))
    await until(() => true)
    let answer: unknown
    while (answer === undefined) answer = await two.request('station.A.1*/é.command', { n: 1 }).catch(() => undefined)
    expect(answer).toEqual({ got: { n: 1 } })
    await stop()
    const startedAt = performance.now()
    await expectCode(two.request('station.A.1*/é.command', {}, { timeoutMs: 30_000 }), 'no-responder')
    expect(performance.now() - startedAt).toBeLessThan(10_000)
    await close()
  })

  it('close in order though another has taken over some of what they were working on', async () => {
    const { buses, store, close } = await house(1)
    const [bus] = buses as [NatsBus]
    const heard: string[] = []
    const released = Promise.withResolvers<void>()
    await bus.consume({ group: 'g', types: ['station.*'], concurrency: 100 }, async (event) => {
      heard.push(event.id)
      await released.promise
    })
    // So many that each share has some of them.
    const events = Array.from({ length: 100 }, (_, at) => connected(`S${at}`, 1))
    await bus.commit([], events)
    await until(() => heard.length === events.length)
    const { items } = await store.find<Doc>('bus_leases', { owner: bus.self }, { limit: 100 })
    const taken = items.slice(0, 5)
    await store.write(taken.map((doc) => ({ op: 'put', in: 'bus_leases', doc: { ...doc, owner: 'another' } as Doc })))
    released.resolve()
    await bus.close()
    // What the others have is theirs; the rest is free for the next one at once, with all that was acknowledged.
    expect(await store.count('bus_leases', { owner: 'another' })).toBe(5)
    expect(await store.count('bus_leases', { owner: '' })).toBe(items.length - 5)
    const moved = await store.find<Doc & { position: number }>('bus_groups', {}, { limit: 100 })
    expect(moved.items.filter(({ _id, position }) => _id.includes('#') && position > 0)).toHaveLength(items.length - 5)
    buses.shift()
    await close()
  })

  it('share the events of a group, each once and in order, also when one comes and one goes', async () => {
    const { buses, another, close } = await house(2)
    const got: { by: number; id: string; subject: string; n: number }[] = []
    const consumeAt = (bus: NatsBus, by: number) =>
      bus.consume({ group: 'g', types: ['station.*'] }, async (event) => {
        got.push({ by, id: event.id, subject: event.subject, n: (event.data as { epoch: number }).epoch })
      })
    await consumeAt(buses[0]!, 0)
    await consumeAt(buses[1]!, 1)
    let n = 0
    const tell = async (rounds: number): Promise<void> => {
      for (let i = 0; i < rounds; i++, n++)
        await Promise.all(
          [0, 1].map((side) =>
            buses[side]!.commit(
              [],
              Array.from({ length: 50 }, (_, s) => connected(`${side}S${s}`, n)),
            ),
          ),
        )
    }
    // Both have taken their shares when both get some: there are so many subjects that each share has one.
    while (!(got.some(({ by }) => by === 0) && got.some(({ by }) => by === 1))) await tell(1)
    await tell(5)
    const third = await another()
    buses.push(third)
    await consumeAt(third, 2)
    while (!got.some(({ by }) => by === 2)) await tell(1)
    const first = buses.shift()!
    buses.unshift(buses[0]!)
    await first.close()
    await tell(5)
    await until(() => new Set(got.map(({ id }) => id)).size === n * 100)
    for (const bus of [third]) await bus.idle(20_000)
    const bySubject = Map.groupBy(got, ({ subject }) => subject)
    for (const [subject, events] of bySubject) {
      const firsts = [...new Set(events.map((event) => event.n))]
      expect(firsts, subject).toEqual(Array.from({ length: n }, (_, i) => i))
    }
    buses.shift()
    await close()
  })

  it('agree on what happened once though all report it', async () => {
    const { buses, close } = await house(2)
    const heard: string[][] = [[], []]
    for (const [i, bus] of buses.entries()) bus.tap(['>'], (event) => heard[i]!.push(event.id))
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, i) => buses[i % 2]!.commit([], [connected('S', i % 4)])),
    )
    await until(() => heard.every((each) => new Set(each).size === 4))
    for (const each of heard) expect(each.toSorted()).toEqual(['S:0', 'S:1', 'S:2', 'S:3'])
    const numbers = new Map(results.flatMap(({ events }) => events.map(({ id, seq }) => [`${id} ${seq}`, id] as const)))
    expect(numbers.size).toBe(4)
    expect(eventIds(await buses[0]!.replay({ afterSeq: 0, types: ['>'] })).toSorted()).toEqual([
      'S:0',
      'S:1',
      'S:2',
      'S:3',
    ])
    await close()
  })
})

describe.skipIf(equipped)('processes on one NATS and one store', () => {
  it.skip(howToEquip, () => undefined)
})
