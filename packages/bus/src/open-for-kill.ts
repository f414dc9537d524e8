import { openSqliteStore } from '@werenode/store'
import type { OpenedForKill } from './contract/kill.ts'
import { createInProcessBus } from './in-process.ts'

/** How the kill test's child opens the bus. */
export const open = async (folder: string): Promise<OpenedForKill> => {
  const store = await openSqliteStore({ folder })
  const bus = await createInProcessBus({
    store,
    clock: () => new Date(),
    retry: { firstPauseMs: 10, longestPauseMs: 50 },
  })
  return {
    bus,
    store,
    close: async () => {
      await bus.close()
      await store.close()
    },
  }
}
