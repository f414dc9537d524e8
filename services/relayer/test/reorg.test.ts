import { ask } from '@werenode/core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  type Anvil,
  giveCredit,
  newCharge,
  newKeys,
  openIntent,
  settleIntent,
  startPreparedAnvil,
  startWorld,
  toldAsOnChain,
  until,
  type World,
} from '../src/testing/world.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 })

const long = process.env.WERENODE_LONG === '1'
const depths = long ? Array.from({ length: 20 }, (_, index) => index + 1) : [1, 2, 7, 20]

let anvil: Anvil
let world: World

beforeEach(async () => {
  const fresh = await startPreparedAnvil(15)
  const { keys, network } = fresh
  anvil = fresh.anvil
  world = await startWorld({
    rpcUrls: [anvil.url],
    network,
    keys,
    settings: { resendAfterMs: 100, takenAfterMs: 200 },
  })
})
afterEach(async () => {
  await world.stop()
  await anvil.kill()
})

test.for(depths)(
  'a reorganisation of depth %i undoes a confirmed opening: the same opening is sent again',
  async (depth) => {
    const charge = newCharge(world)
    await giveCredit(world, charge)
    const before = await anvil.client.getBlockNumber()
    await world.submit(`${charge.id}:open`, await openIntent(world, charge))
    const first = await world.fate(`${charge.id}:open`, 'confirmed')
    const height = Number(first.blockNumber)
    // Blocks on top, so that the opening lies exactly `depth` blocks deep.
    const missing = depth - (Number(await anvil.client.getBlockNumber()) - height + 1)
    if (missing > 0) await anvil.rpc('anvil_mine', `0x${missing.toString(16)}`)
    expect(Number(before)).toBe(height - 1)

    await anvil.rpc('anvil_reorg', depth, [])
    const undone = await until('the rollback to be told', () => world.events('chain.rolledBack').at(-1))
    expect(undone.sessionIds).toContain(charge.id)
    expect(Number(undone.toBlock)).toBeLessThan(height)

    const again = await until('the opening to be confirmed again', () => {
      const told = world.events('chain.intent').filter((event) => event.key === `${charge.id}:open`)
      return told.filter((event) => event.status === 'confirmed').length === 2 && told.at(-1)
    })
    expect(again.txHash).toBe(first.txHash)
    expect(await ask(world.bus, 'relayer.session', { sessionId: charge.id })).toMatchObject({
      status: 'Open',
      heldMicro: '25000000',
    })
    // It goes on as if nothing had happened.
    await world.submit(`${charge.id}:settle`, await settleIntent(world, charge))
    expect(await world.fate(`${charge.id}:settle`)).toMatchObject({ status: 'confirmed' })
    await toldAsOnChain(world, anvil)
  },
)

test('with a depth, a reorganisation above it is never noticed, and nothing is told before its time', async () => {
  const charge = newCharge(world)
  await giveCredit(world, charge)
  const deep = await startWorld({
    rpcUrls: [anvil.url],
    network: world.network,
    keys: newKeys(), // Only listens: it has no intents of its own.
    settings: { depth: 3 },
  })
  try {
    await world.submit(`${charge.id}:open`, await openIntent(world, charge))
    const { blockNumber } = await world.fate(`${charge.id}:open`, 'confirmed')
    await anvil.rpc('anvil_mine', '0x2')
    const told = () => deep.events('chain.log').filter((event) => event.sessionId === charge.id)
    await until('the deep relayer to be at its depth', async () => {
      const health = await ask(deep.bus, 'relayer.health', {})
      return Number(health.headBlock) === Number(blockNumber) + 2
    })
    expect(told()).toEqual([])
    await anvil.rpc('anvil_reorg', 2, [])
    await anvil.rpc('anvil_mine', '0x1')
    await until('the log to be told', () => told().length === 1)
    expect(deep.events('chain.rolledBack')).toEqual([])
    await toldAsOnChain(deep, anvil)
  } finally {
    await deep.stop()
  }
})

test('a settlement that was undone is settled again, once', async () => {
  const charge = newCharge(world)
  await giveCredit(world, charge)
  await world.submit(`${charge.id}:open`, await openIntent(world, charge))
  const opened = await world.fate(`${charge.id}:open`)
  await world.submit(`${charge.id}:settle`, await settleIntent(world, charge))
  const settled = await world.fate(`${charge.id}:settle`)
  await anvil.rpc('anvil_reorg', Number(settled.blockNumber) - Number(opened.blockNumber) + 1, [])
  await until('both to be confirmed again', () => {
    const confirmed = world.events('chain.intent').filter((event) => event.status === 'confirmed')
    return confirmed.filter((event) => event.sessionId === charge.id).length === 4
  })
  expect(await ask(world.bus, 'relayer.session', { sessionId: charge.id })).toMatchObject({ status: 'Settled' })
  await toldAsOnChain(world, anvil)
})

test('an opening that cannot come back because its time is over fails with its reason', async () => {
  const now = Math.floor(Date.now() / 1000)
  const charge = newCharge(world, { openBy: now + 60, startBy: now + 120 })
  await giveCredit(world, charge)
  await world.submit(`${charge.id}:open`, await openIntent(world, charge))
  await world.fate(`${charge.id}:open`, 'confirmed')
  // The reorganised chain is later than openBy.
  await anvil.rpc('anvil_reorg', 1, [])
  await anvil.rpc('evm_increaseTime', 3600)
  expect(await world.fate(`${charge.id}:open`, 'failed')).toMatchObject({ error: 'QuoteExpired' })
  expect(await ask(world.bus, 'relayer.session', { sessionId: charge.id })).toMatchObject({ status: 'None' })
  await toldAsOnChain(world, anvil)
})
