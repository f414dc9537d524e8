import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openMemoryStore } from '@werenode/store'
import { busContract, busKillContract } from './contract.ts'
import { createInProcessBus } from './in-process.ts'

busContract('in process', async () => {
  const store = await openMemoryStore()
  const openBus = () =>
    createInProcessBus({ store, clock: () => new Date(), retry: { firstPauseMs: 20, longestPauseMs: 1_000 } })
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

busKillContract('in process', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'werenode-bus-'))
  return {
    module: new URL('./open-for-kill.ts', import.meta.url).href,
    argument: folder,
    clean: () => rm(folder, { recursive: true }),
  }
})
