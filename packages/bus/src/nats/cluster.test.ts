import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openMemoryStore } from '@werenode/store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connected, eventIds, until } from '../contract/opened.ts'
import { busKillContract } from '../contract.ts'
import { openNatsBus } from './bus.ts'
import { howToEquip, natsProgram, startNats, type TestCluster } from './testing/servers.ts'

// Elections take seconds: it runs where it is asked for.
const wanted = process.env.WERENODE_TEST_NATS !== undefined && natsProgram() !== undefined

describe.skipIf(!wanted)(`three NATS servers (WERENODE_TEST_NATS=1; ${howToEquip})`, { timeout: 120_000 }, () => {
  let cluster: TestCluster
  beforeAll(async () => {
    cluster = await startNats(3)
  }, 60_000)
  afterAll(() => cluster?.stop(), 30_000)

  it('lose nothing and tell nothing twice when the leader of the stream is killed, twice', async () => {
    const store = await openMemoryStore()
    const bus = await openNatsBus({
      store,
      clock: () => new Date(),
      servers: cluster.servers,
      prefix: 'lead',
      replicas: 3,
      deadAfterMs: 3_000,
    })
    const got: string[] = []
    await bus.consume({ group: 'g', types: ['>'] }, async (event) => void got.push(event.id))
    let committed = 0
    let writing = true
    const writers = Promise.all(
      Array.from({ length: 4 }, async (_, w) => {
        for (let i = 0; writing; i++) {
          await bus.commit([], [connected(`W${w}`, i)])
          committed++
        }
      }),
    )
    const pauses: number[] = []
    for (let kill = 0; kill < 2; kill++) {
      const before = got.length
      await until(() => got.length > before + 200)
      const leader = (await cluster.leader('lead_events'))!
      await cluster.kill(leader)
      const killedAt = performance.now()
      const at = got.length
      await until(() => got.length > at + 100)
      pauses.push(Math.round(performance.now() - killedAt))
      await cluster.start(leader)
    }
    writing = false
    await writers
    await bus.idle(60_000)
    expect(got.length).toBe(committed)
    expect(new Set(got).size).toBe(committed)
    for (let w = 0; w < 4; w++) {
      const mine = got.filter((id) => id.startsWith(`W${w}:`))
      expect(mine).toEqual(mine.map((_, i) => `W${w}:${i}`))
    }
    const all = await bus.replay({ afterSeq: 0, types: ['>'], limit: 10_000 })
    expect(new Set(eventIds(all)).size).toBe(Math.min(10_000, committed))
    console.log(
      `NATS: ${committed} events through two leaders killed, all delivered once; 100 more events ${pauses.join(' and ')} ms after a kill`,
    )
    await bus.close()
    await store.close()
  })

  it('keep commits going while all of them are away, and deliver when they are back', async () => {
    const store = await openMemoryStore()
    const bus = await openNatsBus({
      store,
      clock: () => new Date(),
      servers: cluster.servers,
      prefix: 'away',
      replicas: 3,
      numberWithinMs: 200,
    })
    const got: string[] = []
    await bus.consume({ group: 'g', types: ['>'] }, async (event) => void got.push(event.id))
    for (let i = 0; i < 5; i++) await bus.commit([], [connected('S', i)])
    for (const name of cluster.names) await cluster.kill(name)
    for (let i = 5; i < 10; i++) {
      const { events } = await bus.commit([], [connected('S', i)])
      expect(events[0]?.seq).toBe(0)
    }
    await Promise.all(cluster.names.map((name) => cluster.start(name)))
    await until(() => got.length === 10)
    expect(got).toEqual(Array.from({ length: 10 }, (_, i) => `S:${i}`))
    await bus.close()
    await store.close()
  })

  busKillContract('NATS', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'werenode-bus-'))
    return {
      module: new URL('./open-for-kill.ts', import.meta.url).href,
      argument: `${folder} ${cluster.servers} kill`,
      clean: () => rm(folder, { recursive: true }),
    }
  })
})

describe.skipIf(wanted)('three NATS servers', () => {
  it.skip(howToEquip, () => undefined)
})
