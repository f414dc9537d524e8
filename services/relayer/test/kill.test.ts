import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createInProcessBus } from '@werenode/bus'
import { chargeEscrowAbi } from '@werenode/chain'
import { openSqliteStore } from '@werenode/store'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { KillOrder } from '../src/testing/killable-relayer.ts'
import {
  type Anvil,
  type Charge,
  giveCredit,
  newCharge,
  openIntent,
  settleIntent,
  startPreparedAnvil,
  startWorld,
  toldAsOnChain,
  type World,
} from '../src/testing/world.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 })

const long = process.env.WERENODE_LONG === '1'
const points = [
  'relayer.submitted',
  'relayer.prepared',
  'relayer.sent',
  'relayer.noted',
  'relayer.telling',
  'relayer.told',
  'relayer.finishing',
  'relayer.finished',
]
const kills = long ? points.flatMap((point) => [1, 2, 3, 4, 5].map((nth) => `${point}@${nth}`)) : []

let anvil: Anvil
let setting: Pick<World, 'network' | 'keys'>
let folder: string

/** Drivers with credit: two for each case. */
const charges: Charge[] = []

beforeAll(async () => {
  const fresh = await startPreparedAnvil(15)
  anvil = fresh.anvil
  setting = fresh
  folder = await mkdtemp(join(tmpdir(), 'werenode-relayer-'))
  const world = await startWorld({ rpcUrls: [anvil.url], ...setting })
  for (let index = 0; index < 2 * (kills.length + 4); index += 1) charges.push(newCharge(setting))
  await Promise.all(charges.map((charge) => giveCredit(world, charge, 30_000_000n)))
  await world.stop()
})
afterAll(async () => {
  await anvil.kill()
  await rm(folder, { recursive: true, force: true })
})

/** Runs the relayer as a process until it ends; answers how. `killAfterMs`: SIGKILL from outside, anywhere. */
const run = async (order: KillOrder, point = '', killAfterMs?: number): Promise<string> => {
  const file = join(order.folder, 'order.json')
  await writeFile(file, JSON.stringify(order))
  const program = fileURLToPath(new URL('../src/testing/killable-relayer.ts', import.meta.url))
  const child = spawn(process.execPath, [program, file, point], {
    stdio: ['ignore', 'ignore', 'inherit'],
    // The same program starts over and over: compiling it once is enough.
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') },
  })
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      clearTimeout(timer)
      resolve(signal ?? String(code))
    })
  })
}

const newOrder = async (name: string): Promise<{ order: KillOrder; mine: readonly Charge[] }> => {
  const mine = charges.splice(0, 2)
  const own = await mkdtemp(join(folder, `${name.replaceAll(/\W/g, '-')}-`))
  const intents: { key: string; intent: KillOrder['intents'][number]['intent'] }[] = []
  for (const charge of mine) {
    intents.push({ key: `${charge.id}:open`, intent: await openIntent(setting, charge) })
    intents.push({ key: `${charge.id}:settle`, intent: await settleIntent(setting, charge) })
  }
  return { order: { rpcUrl: anvil.url, folder: own, network: setting.network, keys: setting.keys, intents }, mine }
}

/** Every session opened once and settled once, the credit right to the micro-euro, and told as it is on chain. */
const proveWhole = async (order: KillOrder, mine: readonly Charge[]): Promise<void> => {
  const store = await openSqliteStore({ folder: order.folder })
  const bus = await createInProcessBus({ store, clock: () => new Date() })
  try {
    for (const charge of mine) {
      const settled = order.intents.find(({ key }) => key === `${charge.id}:settle`)!.intent
      if (settled.kind !== 'settle') throw new Error('not a settlement')
      const credit = await anvil.client.readContract({
        address: setting.network.escrow,
        abi: chargeEscrowAbi,
        functionName: 'creditOf',
        args: [charge.driver.address, setting.network.token],
      })
      expect(credit).toBe(30_000_000n - BigInt(settled.receipt.amount))
    }
    await toldAsOnChain({ bus, network: setting.network }, anvil)
  } finally {
    await bus.close()
    await store.close()
  }
}

test('killed at every step in turn, nothing is lost and nothing is doubled', async () => {
  const { order, mine } = await newOrder('every-step')
  for (const point of points) expect([point, await run(order, `${point}@1`)]).toEqual([point, 'SIGKILL'])
  expect(await run(order)).toBe('0')
  await proveWhole(order, mine)
})

test.for(kills)('killed at %s, nothing is lost and nothing is doubled', async (point) => {
  const { order, mine } = await newOrder(point)
  expect(await run(order, point)).toBe('SIGKILL')
  expect(await run(order)).toBe('0')
  await proveWhole(order, mine)
})

test('killed while it goes back after a reorganisation, all is opened and settled again', async () => {
  const { order, mine } = await newOrder('rollback')
  const before = Number(await anvil.client.getBlockNumber())
  expect(await run(order)).toBe('0')
  await anvil.rpc('anvil_reorg', Number(await anvil.client.getBlockNumber()) - before, [])
  expect(await run(order, 'relayer.rolling-back@1')).toBe('SIGKILL')
  expect(await run(order, 'relayer.rolled-back@1')).toBe('SIGKILL')
  expect(await run(order)).toBe('0')
  await proveWhole(order, mine)
})

test(`killed ${long ? 60 : 2} times at any moment, nothing is lost and nothing is doubled`, {
  timeout: long ? 900_000 : 180_000,
}, async () => {
  const { order, mine } = await newOrder('anywhere')
  for (let round = 0; round < (long ? 60 : 2); round += 1) await run(order, '', 500 + Math.random() * 700)
  expect(await run(order)).toBe('0')
  await proveWhole(order, mine)
})
