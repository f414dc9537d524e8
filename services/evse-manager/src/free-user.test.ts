import { createInProcessBus } from '@werenode/bus'
import { answer, type ConnectorOffer } from '@werenode/core'
import { openMemoryStore } from '@werenode/store'
import { expect, test } from 'vitest'
import { freeFor, isFreeUser } from './free-user.ts'

const openBus = async () => {
  const store = await openMemoryStore()
  return { store, bus: await createInProcessBus({ store, clock: () => new Date() }) }
}
const paid = { stationId: 'S1', free: false } as ConnectorOffer

test('who is on the list charges for nothing; everybody else pays as before', async () => {
  const { store, bus } = await openBus()
  answer(bus, 'catalogue.freeUser', async ({ stationId, cardHash }) => ({
    free: stationId === 'S1' && cardHash === 'friend',
  }))
  expect((await freeFor(bus, paid, { cardHash: 'friend' })).free).toBe(true)
  expect((await freeFor(bus, paid, { cardHash: 'stranger' })).free).toBe(false)
  expect((await freeFor(bus, { ...paid, stationId: 'S2' }, { cardHash: 'friend' })).free).toBe(false)
  await bus.close()
  await store.close()
})

test('with nobody to ask a charge is paid, not given away and not refused', async () => {
  const { store, bus } = await openBus()
  expect(await isFreeUser(bus, { stationId: 'S1', cardHash: 'friend' })).toBe(false)
  expect(await freeFor(bus, paid, { cardHash: 'friend' })).toEqual(paid)
  await bus.close()
  await store.close()
})
