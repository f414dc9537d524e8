import { createInProcessBus } from '@werenode/bus'
import { ask, type EventData } from '@werenode/core'
import { openMemoryStore } from '@werenode/store'
import { expect, test } from 'vitest'
import { createRelayer } from '../src/relayer.ts'
import { log, newCharge, openIntent, startPreparedAnvil, toldAsOnChain, until } from '../src/testing/world.ts'

const clock = () => new Date()

test('of two relayers on one store one works; when it stops the other goes on; nothing is done twice', {
  timeout: 60_000,
}, async () => {
  const { anvil, keys, network } = await startPreparedAnvil(15)
  const store = await openMemoryStore()
  const bus = await createInProcessBus({ store, clock })
  const fates: EventData['chain.intent'][] = []
  bus.tap(['chain.intent'], (event) => fates.push(event.data as EventData['chain.intent']))
  const settings = { sharedStore: true, busyPollMs: 20, idlePollMs: 30 }
  const relayers = Array.from({ length: 2 }, () =>
    createRelayer({ store, bus, clock, log, rpcUrls: [anvil.url], network, keys, settings }),
  )
  try {
    for (const relayer of relayers) await relayer.start()
    const charges = Array.from({ length: 10 }, () => newCharge({ network, keys }))
    const openAll = async (some: typeof charges) => {
      for (const charge of some) {
        const account = charge.driver.address
        const intent = { kind: 'faucet', account, amountMicro: '30000000' } as const
        await ask(bus, 'relayer.submit', { key: `${charge.id}:credit`, intent })
      }
      const confirmed = (step: string) =>
        until(`${step} of all`, () => {
          const keys = new Set(fates.filter((fate) => fate.status === 'confirmed').map((fate) => fate.key))
          return some.every((charge) => keys.has(`${charge.id}:${step}`))
        })
      await confirmed('credit')
      for (const charge of some)
        await ask(bus, 'relayer.submit', {
          key: `${charge.id}:open`,
          intent: await openIntent({ network, keys }, charge),
        })
      await confirmed('open')
    }
    await openAll(charges.slice(0, 5))
    await relayers[0]!.stop()
    await openAll(charges.slice(5))
    for (const charge of charges) {
      const confirmed = fates.filter((fate) => fate.key === `${charge.id}:open` && fate.status === 'confirmed')
      expect(confirmed).toHaveLength(1)
      const { creditMicro } = await ask(bus, 'relayer.credit', { account: charge.driver.address })
      expect(creditMicro).toBe('5000000')
    }
    await until('all to be told', () =>
      toldAsOnChain({ bus, network }, anvil).then(
        () => true,
        () => false,
      ),
    )
  } finally {
    for (const relayer of relayers) await relayer.stop()
    await bus.close()
    await store.close()
    await anvil.kill()
  }
})
