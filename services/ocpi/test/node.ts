import { createInProcessBus } from '@werenode/bus'
import type { Clock } from '@werenode/core'
import { openMemoryStore } from '@werenode/store'
import getPort from 'get-port'
import { pino } from 'pino'
import { createOcpiService, type OcpiServiceOptions } from '../src/service.ts'

/** A node with roaming alone, listening on a free port of the loopback. */
export const startNode = async (
  party: { country_code: string; party_id: string; name: string },
  options: Partial<OcpiServiceOptions> & { clock?: Clock } = {},
) => {
  const clock = options.clock ?? (() => new Date())
  const store = await openMemoryStore()
  const bus = await createInProcessBus({ store, clock })
  const port = await getPort({ host: '127.0.0.1' })
  const origin = `http://127.0.0.1:${port}`
  const ocpi = createOcpiService({
    store,
    bus,
    clock,
    log: pino({ level: process.env.OCPI_TEST_LOG ?? 'fatal' }),
    origin,
    party,
    pullEveryMs: 0,
    outbox: { firstPauseMs: 20, longestPauseMs: 200 },
    ...options,
  })
  await ocpi.start()
  await ocpi.listen({ port })
  return {
    ocpi,
    store,
    bus,
    origin,
    stop: async (): Promise<void> => {
      await ocpi.stop()
      await bus.close()
      await store.close()
    },
  }
}
export type TestNode = Awaited<ReturnType<typeof startNode>>

/** Waits until `check` answers something. */
export const eventually = async <T>(check: () => Promise<T | undefined | false>, timeoutMs = 10_000): Promise<T> => {
  const until = Date.now() + timeoutMs
  for (;;) {
    const value = await check()
    if (value) return value
    if (Date.now() > until) throw new Error('It did not come about in time')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** Registers `emsp` with `cpo` and answers how each knows the other. */
export const connect = async (one: TestNode, other: TestNode): Promise<{ otherAtOne: string; oneAtOther: string }> => {
  const invitation = await other.ocpi.partners.invite('The other')
  const view = await one.ocpi.partners.add({ url: invitation.url, token: invitation.token })
  return { otherAtOne: view.id, oneAtOther: invitation.id }
}
