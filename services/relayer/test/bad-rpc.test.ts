import { ask } from '@werenode/core'
import { expect, test, vi } from 'vitest'
import { type Misbehaviour, startRpcProxy } from '../src/testing/rpc-proxy.ts'
import {
  giveCredit,
  newCharge,
  openIntent,
  receiptOf,
  settleIntent,
  startPreparedAnvil,
  startWorld,
  toldAsOnChain,
} from '../src/testing/world.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 })

const long = process.env.WERENODE_LONG === '1'
const charges = long ? 60 : 4

const every: readonly Misbehaviour[] = [
  'late',
  'twice',
  'error',
  'garbage',
  'mixed-up',
  'forgetful',
  'stale',
  'no-logs',
]

test.for<[string, readonly Misbehaviour[]]>([
  ['late', ['late']],
  ['twice', ['twice']],
  ['nothing of use', ['error', 'garbage', 'mixed-up']],
  ['what is not true', ['forgetful', 'stale', 'no-logs']],
  ['in every wrong way', every],
])(
  'through a node that answers %s, every charge is opened and settled once, and told as it is',
  async ([, misbehaviours]) => {
    const { anvil, keys, network } = await startPreparedAnvil(15)
    const share = misbehaviours.includes('late') ? 0.15 : 0.25
    let asked = 0
    // By chance, but every fifth time for certain: no run may be so lucky that nothing was tried.
    const isDue = (): boolean => {
      asked += 1
      return asked % 5 === 0 || Math.random() < share
    }
    const any = (): Misbehaviour => misbehaviours[Math.floor(Math.random() * misbehaviours.length)]!
    const proxy = await startRpcProxy(anvil.url, () => (isDue() ? any() : 'none'), 700)
    const world = await startWorld({
      rpcUrls: [proxy.url],
      network,
      keys,
      settings: { resendAfterMs: 300, bumpAfterMs: 3000, takenAfterMs: 500, rpcTimeoutMs: 500 },
    })
    try {
      const all = Array.from({ length: charges }, () => newCharge(world))
      await Promise.all(all.map((charge) => giveCredit(world, charge)))
      const receipts = new Map(all.map((charge) => [charge.id, receiptOf(charge)]))
      await Promise.all(
        all.map(async (charge) => {
          await world.submit(`${charge.id}:open`, await openIntent(world, charge))
          await world.fate(`${charge.id}:open`)
          await world.submit(`${charge.id}:settle`, await settleIntent(world, charge, receipts.get(charge.id)))
          await world.fate(`${charge.id}:settle`)
        }),
      )
      // Judged by the node itself, past the proxy.
      const truth = await startWorld({ rpcUrls: [anvil.url], network, keys })
      for (const charge of all) {
        expect(
          world.events('chain.intent').filter((event) => event.sessionId === charge.id && event.status === 'failed'),
        ).toEqual([])
        expect(await ask(truth.bus, 'relayer.session', { sessionId: charge.id })).toMatchObject({ status: 'Settled' })
        const { creditMicro } = await ask(truth.bus, 'relayer.credit', { account: charge.driver.address })
        expect(creditMicro).toBe((50_000_000n - receipts.get(charge.id)!.amount).toString())
        const names = world.events('chain.log').filter((event) => event.sessionId === charge.id)
        expect(names.map((event) => event.name)).toEqual(['SessionOpened', 'SessionSettled'])
      }
      await truth.stop()
      await toldAsOnChain(world, anvil)
      const misbehaved = misbehaviours.reduce((sum, kind) => sum + (proxy.counts.get(kind) ?? 0), 0)
      expect(misbehaved).toBeGreaterThan(3)
    } finally {
      await world.stop()
      await proxy.close()
      await anvil.kill()
    }
  },
)

test('a node of another chain is never used', async () => {
  const { anvil, keys, network } = await startPreparedAnvil(15)
  const stranger = await startRpcProxy(anvil.url, () => 'none')
  const world = await startWorld({
    rpcUrls: [stranger.url],
    network: { ...network, chainId: 1 },
    keys,
  })
  try {
    await expect(ask(world.bus, 'relayer.session', { sessionId: newCharge(world).id })).rejects.toMatchObject({
      code: 'chain-unavailable',
      message: 'The chain does not answer (it is on chain 31337, not 1)',
    })
  } finally {
    await world.stop()
    await stranger.close()
    await anvil.kill()
  }
})

test('when the preferred node is gone, the next one is used', async () => {
  const { anvil, keys, network } = await startPreparedAnvil(15)
  const world = await startWorld({ rpcUrls: ['http://127.0.0.1:1', anvil.url], network, keys })
  try {
    const charge = newCharge(world)
    await giveCredit(world, charge)
    await world.submit(`${charge.id}:open`, await openIntent(world, charge))
    expect(await world.fate(`${charge.id}:open`)).toMatchObject({ status: 'confirmed' })
  } finally {
    await world.stop()
    await anvil.kill()
  }
})
