import { openSqliteStore } from '@werenode/store'
import type { OpenedForKill } from '../contract/kill.ts'
import { openNatsBus } from './bus.ts'

/** How the kill test's child opens the bus: `folder servers prefix`. */
export const open = async (argument: string): Promise<OpenedForKill> => {
  const [folder, servers, prefix] = argument.split(' ') as [string, string, string]
  const store = await openSqliteStore({ folder })
  const bus = await openNatsBus({
    store,
    clock: () => new Date(),
    servers,
    prefix,
    retry: { firstPauseMs: 10, longestPauseMs: 50 },
    deadAfterMs: 1_000,
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
