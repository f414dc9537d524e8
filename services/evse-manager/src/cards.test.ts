import { createInProcessBus } from '@werenode/bus'
import { answer, type Bus, type Store } from '@werenode/core'
import { openMemoryStore } from '@werenode/store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Cards, createCards } from './cards.ts'
import { collectionSpecs } from './collections.ts'
import type { Quotes } from './quote.ts'
import type { Sessions } from './sessions.ts'
import { defaultManagerSettings } from './settings.ts'

const clock = () => new Date('2026-11-22T18:30:00Z')
const question = { stationId: 'S1', idTag: 'CARD-1' }

let store: Store
let bus: Bus
let cards: Cards
beforeEach(async () => {
  store = await openMemoryStore()
  await store.define(collectionSpecs)
  bus = await createInProcessBus({ store, clock })
  const sessions = { byIdTag: async () => undefined } as unknown as Sessions
  cards = createCards({ store, bus, clock, sessions, quotes: {} as Quotes, settings: defaultManagerSettings })
  await cards.add('card-1')
})
afterEach(async () => {
  await bus.close()
  await store.close()
})

test('a card charges while its issuer can still make the deposit', async () => {
  answer(bus, 'relayer.issuerLeft', async () => ({ leftMicro: defaultManagerSettings.defaultDepositMicro.toString() }))
  expect(await cards.authorize(question)).toEqual({ status: 'Accepted' })
})

test("a card is refused at the plug when the issuer's limit is reached, and only until the day is over", async () => {
  const leftMicro = (defaultManagerSettings.defaultDepositMicro - 1n).toString()
  answer(bus, 'relayer.issuerLeft', async () => ({ leftMicro }))
  expect(await cards.authorize(question)).toMatchObject({ status: 'Blocked', expiresAt: '2026-11-23T00:00:00.000Z' })
})

test('while the relayer is away a card charges all the same', async () => {
  expect(await cards.authorize(question)).toEqual({ status: 'Accepted' })
})

test('a card nobody knows is refused whatever the issuer has left', async () => {
  answer(bus, 'relayer.issuerLeft', async () => ({ leftMicro: '0' }))
  expect(await cards.authorize({ ...question, idTag: 'STRANGER' })).toMatchObject({ status: 'Invalid' })
})
