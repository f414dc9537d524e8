import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInProcessBus } from '@werenode/bus'
import type { Bus, Store } from '@werenode/core'
import { openSqliteStore } from '@werenode/store'

/** A fresh store on disk with its bus, for one measurement; `close` leaves nothing behind. */
export const openDurableHouse = async (): Promise<{ store: Store; bus: Bus; close(): Promise<void> }> => {
  const folder = await mkdtemp(join(tmpdir(), 'werenode-proof-'))
  const store = await openSqliteStore({ folder })
  const bus = await createInProcessBus({ store, clock: () => new Date() })
  return {
    store,
    bus,
    close: async () => {
      await bus.close()
      await store.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
