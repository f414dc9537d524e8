import { openMemoryStore } from '@werenode/store'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { busContract } from '../contract.ts'
import { openNatsBus } from './bus.ts'
import { howToEquip, natsProgram, startNats, type TestCluster } from './testing/servers.ts'

// A bus for every one of 34 tests takes its time: it runs where it is asked for; together.test.ts runs always.
const equipped = process.env.WERENODE_TEST_NATS !== undefined && natsProgram() !== undefined

describe.skipIf(!equipped)(`the bus on NATS (WERENODE_TEST_NATS=1; ${howToEquip})`, () => {
  let cluster: TestCluster
  let houses = 0
  beforeAll(async () => {
    cluster = await startNats(1)
  }, 60_000)
  afterAll(() => cluster?.stop())

  busContract('NATS', async () => {
    const store = await openMemoryStore()
    const prefix = `t${process.pid}_${houses++}`
    const openBus = () =>
      openNatsBus({
        store,
        clock: () => new Date(),
        servers: cluster.servers,
        prefix,
        retry: { firstPauseMs: 20, longestPauseMs: 1_000 },
        deadAfterMs: 2_000,
      })
    let bus = await openBus()
    return {
      bus,
      store,
      reopen: async () => {
        await bus.close()
        bus = await openBus()
        return bus
      },
      close: async () => {
        await bus.close()
        await store.close()
      },
    }
  })
})

describe.skipIf(equipped)('the bus on NATS', () => {
  it.skip(howToEquip, () => undefined)
})
