import { ask } from '@werenode/core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import {
  type Anvil,
  giveCredit,
  newCharge,
  openIntent,
  receiptOf,
  settleIntent,
  startPreparedAnvil,
  startWorld,
  type World,
} from './testing/world.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 })

let anvil: Anvil
let world: World

beforeAll(async () => {
  const fresh = await startPreparedAnvil(20)
  anvil = fresh.anvil
  world = await startWorld({ rpcUrls: [anvil.url], ...fresh })
})
afterAll(async () => {
  await world?.stop()
  await anvil?.kill()
})

test('a deposit is opened, settled by the co-signed receipt, and the rest is back to the micro-euro', async () => {
  const charge = newCharge(world)
  await giveCredit(world, charge)
  await world.submit(`${charge.id}:open`, await openIntent(world, charge))
  const opened = await world.fate(`${charge.id}:open`)
  expect(opened).toMatchObject({ status: 'confirmed', sessionId: charge.id })
  expect(await ask(world.bus, 'relayer.session', { sessionId: charge.id })).toMatchObject({
    status: 'Open',
    heldMicro: '25000000',
  })
  const receipt = receiptOf(charge)
  await world.submit(`${charge.id}:settle`, await settleIntent(world, charge, receipt))
  expect(await world.fate(`${charge.id}:settle`)).toMatchObject({ status: 'confirmed' })
  expect(await ask(world.bus, 'relayer.session', { sessionId: charge.id })).toMatchObject({ status: 'Settled' })
  const { creditMicro } = await ask(world.bus, 'relayer.credit', { account: charge.driver.address })
  expect(creditMicro).toBe((50_000_000n - receipt.amount).toString())
  const names = world
    .events('chain.log')
    .filter((event) => event.sessionId === charge.id)
    .map((event) => event.name)
  expect(names).toEqual(['SessionOpened', 'SessionSettled'])
})
