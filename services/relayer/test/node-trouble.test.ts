import { ask, type Hex } from '@werenode/core'
import { privateKeyToAccount } from 'viem/accounts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  type Anvil,
  giveCredit,
  newCharge,
  openIntent,
  settleIntent,
  startAnvil,
  startPreparedAnvil,
  startWorld,
  toldAsOnChain,
  until,
  type World,
} from '../src/testing/world.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 })

const long = process.env.WERENODE_LONG === '1'
/** How long the node stays away. */
const lossMs = long ? 60_000 : 3_000

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
    settings: { resendAfterMs: 150, bumpAfterMs: 300, takenAfterMs: 200 },
  })
})
afterEach(async () => {
  await world.stop()
  await anvil.kill()
})

/** Ends the node as a power cut would, and starts another one on the same port with the state it had at `dump`. */
const restart = async (dump: Hex, awayMs: number): Promise<void> => {
  await anvil.kill()
  await new Promise((resolve) => setTimeout(resolve, awayMs))
  anvil = await startAnvil({ mining: 15, port: anvil.port })
  await anvil.rpc('anvil_loadState', dump)
}

const openNow = async (fields: Parameters<typeof newCharge>[1] = {}) => {
  const charge = newCharge(world, fields)
  await giveCredit(world, charge)
  await world.submit(`${charge.id}:open`, await openIntent(world, charge))
  return charge
}

test('a node that restarts and forgets its pool gets the waiting transactions again', async () => {
  const charge = newCharge(world)
  await giveCredit(world, charge)
  const dump = await anvil.rpc<Hex>('anvil_dumpState')
  await anvil.stopMining()
  await world.submit(`${charge.id}:open`, await openIntent(world, charge))
  await until('the opening to be sent', () => world.events('chain.intent').some((event) => event.status === 'sent'))
  await restart(dump, 0)
  expect(await world.fate(`${charge.id}:open`)).toMatchObject({ status: 'confirmed' })
  await toldAsOnChain(world, anvil)
})

test(`a node away for ${lossMs / 1000} s stops nothing but time: all that was submitted is done when it is back`, async () => {
  const early = await openNow()
  await world.fate(`${early.id}:open`)
  const late = newCharge(world)
  await giveCredit(world, late)
  const dump = await anvil.rpc<Hex>('anvil_dumpState')
  const away = restart(dump, lossMs)
  // Submitting works while the chain is away: durable is all it promises.
  await world.submit(`${early.id}:settle`, await settleIntent(world, early))
  await world.submit(`${late.id}:open`, await openIntent(world, late))
  await away
  expect(await world.fate(`${early.id}:settle`)).toMatchObject({ status: 'confirmed' })
  expect(await world.fate(`${late.id}:open`)).toMatchObject({ status: 'confirmed' })
  await toldAsOnChain(world, anvil)
})

test('health says why no paid session may begin while the chain is away, and says yes when it is back', async () => {
  expect(await until('a first look', async () => (await ask(world.bus, 'relayer.health', {})).canOpen)).toBe(true)
  const blind = await startWorld({
    rpcUrls: ['http://127.0.0.1:1'],
    network: world.network,
    keys: world.keys,
  })
  expect(await ask(blind.bus, 'relayer.health', {})).toMatchObject({
    canOpen: false,
    reason: 'the chain has not been reached yet',
  })
  await blind.stop()
})

test('a stuck transaction is replaced with a higher fee, and only one of the two is mined', async () => {
  const charge = newCharge(world)
  await giveCredit(world, charge)
  const nonce = await anvil.client.getTransactionCount({ address: privateKeyToAccount(world.keys.sender).address })
  await anvil.stopMining()
  await world.submit(`${charge.id}:open`, await openIntent(world, charge))
  await until('the opening to be sent', () =>
    world.events('chain.intent').some((event) => event.key === `${charge.id}:open`),
  )
  // The next blocks cost three times what the transaction offers.
  await anvil.rpc('anvil_setNextBlockBaseFeePerGas', '0x2540be400')
  await anvil.rpc('evm_mine')
  anvil.startMining()
  const told = await world.fate(`${charge.id}:open`)
  expect(told).toMatchObject({ status: 'confirmed' })
  const sent = world
    .events('chain.intent')
    .filter((event) => event.key === `${charge.id}:open` && event.status === 'sent')
  expect(sent.length).toBeGreaterThan(1)
  expect(told.txHash).not.toBe(sent[0]!.txHash)
  expect(await anvil.client.getTransactionCount({ address: privateKeyToAccount(world.keys.sender).address })).toBe(
    nonce + 1,
  )
})

test('a transaction the node dropped is sent again', async () => {
  const charge = newCharge(world)
  await giveCredit(world, charge)
  await anvil.stopMining()
  await world.submit(`${charge.id}:open`, await openIntent(world, charge))
  const sent = await until('the opening to be sent', () =>
    world.events('chain.intent').find((event) => event.key === `${charge.id}:open`),
  )
  await anvil.rpc('anvil_dropTransaction', sent.txHash)
  await until('the drop', async () => (await anvil.rpc('eth_getTransactionByHash', sent.txHash)) === null)
  await until(
    'the transaction to be back',
    async () => (await anvil.rpc('eth_getTransactionByHash', sent.txHash)) !== null,
  )
  anvil.startMining()
  expect(await world.fate(`${charge.id}:open`)).toMatchObject({ status: 'confirmed', txHash: sent.txHash })
})

test('a nonce taken by a foreign transaction of the same key: the intent goes with another nonce, once', async () => {
  const charges = await Promise.all(
    Array.from({ length: 3 }, async () => {
      const charge = newCharge(world)
      await giveCredit(world, charge)
      return charge
    }),
  )
  await anvil.stopMining()
  const sender = privateKeyToAccount(world.keys.sender)
  const nonce = await anvil.client.getTransactionCount({ address: sender.address })
  for (const charge of charges) await world.submit(`${charge.id}:open`, await openIntent(world, charge))
  await until(
    'all to be sent',
    () => world.events('chain.intent').filter((event) => event.status === 'sent').length >= 6,
  )
  // Somebody with the same key is faster at the middle nonce.
  await anvil.rpc(
    'eth_sendRawTransaction',
    await sender.signTransaction({
      chainId: 31_337,
      type: 'eip1559',
      nonce: nonce + 1,
      to: sender.address,
      gas: 21_000n,
      maxFeePerGas: 90_000_000_000n,
      maxPriorityFeePerGas: 50_000_000_000n,
    }),
  )
  anvil.startMining()
  for (const charge of charges) expect(await world.fate(`${charge.id}:open`)).toMatchObject({ status: 'confirmed' })
  for (const charge of charges)
    expect(
      world
        .events('chain.log')
        .filter((event) => event.sessionId === charge.id)
        .map((event) => event.name),
    ).toEqual(['SessionOpened'])
  expect(await anvil.client.getTransactionCount({ address: sender.address })).toBe(nonce + 4)
})

test('a gap left by a reorganised foreign transaction is filled', async () => {
  const first = await openNow()
  await world.fate(`${first.id}:open`)
  const sender = privateKeyToAccount(world.keys.sender)
  const nonce = await anvil.client.getTransactionCount({ address: sender.address })
  const hash = await anvil.rpc<Hex>(
    'eth_sendRawTransaction',
    await sender.signTransaction({
      chainId: 31_337,
      type: 'eip1559',
      nonce,
      to: sender.address,
      gas: 21_000n,
      maxFeePerGas: 90_000_000_000n,
      maxPriorityFeePerGas: 1n,
    }),
  )
  await anvil.client.waitForTransactionReceipt({ hash })
  const second = newCharge(world)
  await giveCredit(world, second) // Takes the nonce after the stranger's.
  const deep =
    Number(await anvil.client.getBlockNumber()) -
    Number((await anvil.client.getTransactionReceipt({ hash })).blockNumber) +
    1
  await anvil.rpc('anvil_reorg', deep, [])
  await world.submit(`${second.id}:open`, await openIntent(world, second))
  await until(
    'the second opening',
    async () => (await ask(world.bus, 'relayer.session', { sessionId: second.id })).status === 'Open',
  )
})
