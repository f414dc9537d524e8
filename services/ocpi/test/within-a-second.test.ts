import { createInProcessBus } from '@werenode/bus'
import { openMemoryStore } from '@werenode/store'
import { expect, it } from 'vitest'
import { proveWithinASecond } from '../proof/within-a-second.ts'

/** `npm run proof -- ocpi` measures it on disk; here what matters is that it holds at all, on any machine. */
it('statuses and tariffs reach a partner within a second, and one that was away catches up', async () => {
  const open = async () => {
    const store = await openMemoryStore()
    const bus = await createInProcessBus({ store, clock: () => new Date() })
    return {
      store,
      bus,
      close: async () => {
        await bus.close()
        await store.close()
      },
    }
  }
  const seen = await proveWithinASecond({ open, report: () => undefined, rounds: 2, changes: 5 })
  expect(seen.statuses.count).toBe(40)
  expect(seen.tariffs.count).toBe(5)
  // Half of them: the slowest of a busy machine says nothing of us.
  expect(seen.statuses.p50Ms).toBeLessThan(1_000)
  expect(seen.tariffs.p50Ms).toBeLessThan(1_000)
  expect(seen.caughtUp).toBe(seen.places)
}, 120_000)
