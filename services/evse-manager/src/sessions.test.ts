import { createInProcessBus, type InProcessBus } from '@werenode/bus'
import {
  type ConnectorOffer,
  defaultSessionSettings,
  type EvseId,
  type LedgerEntry,
  type Party,
  type SessionId,
  type SessionRecord,
  type Store,
  type WireTerms,
} from '@werenode/core'
import { openMemoryStore } from '@werenode/store'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { collectionSpecs, collections, series } from './collections.ts'
import { newSession } from './new-session.ts'
import { createSessions, type Sessions } from './sessions.ts'

const hex = (digit: string) => `0x${digit.repeat(64)}` as const
const address = (digit: string) => `0x${digit.repeat(40)}` as const
const at = '2026-11-22T10:00:00.000Z'

const offer: ConnectorOffer = {
  evseId: 'FR*WRN*E000001' as EvseId,
  locationId: 'L',
  locationName: 'Place Carnot',
  party: 'FR*WRN' as Party,
  stationId: 'ST1',
  evse: 1,
  connector: 1,
  connectorStandard: 'IEC_62196_T2',
  maxPowerW: 22_000,
  status: 'AVAILABLE',
  timeZone: 'Europe/Paris',
  payable: true,
  free: false,
  tariff: {},
  operatorId: hex('a'),
  payee: address('2'),
  keyClass: 'GATEWAY',
  meterCertified: true,
}

const terms = (driver: `0x${string}`): WireTerms => ({
  driver,
  operatorId: hex('a'),
  payee: address('2'),
  evseIdHash: hex('b'),
  connector: 1,
  token: address('3'),
  source: 'Credit',
  maxAmount: '25000000',
  startFee: '0',
  pricePerKWh: '500000',
  pricePerMinute: '0',
  idlePerMinute: '0',
  tariffHash: hex('c'),
  maxPowerW: 24_200,
  meterKeyHash: hex('d'),
  disputeBond: '1000000',
  disputeWindow: 86_400,
  openBy: 1_795_341_000,
  startBy: 1_795_342_800,
  settleBy: 1_795_688_400,
  sessionKey: address('4'),
  salt: hex('e'),
})

const session = (digit: string, more: Partial<Parameters<typeof newSession>[0]> = {}): SessionRecord =>
  newSession({
    sessionId: hex(digit) as SessionId,
    door: 'app',
    terms: terms(address(digit)),
    operatorSignature: '0x01',
    driverSignature: '0x02',
    offer,
    at,
    ...more,
  })

let store: Store
let bus: InProcessBus
let sessions: Sessions
let told: SessionRecord[]

beforeEach(async () => {
  store = await openMemoryStore()
  bus = await createInProcessBus({ store, clock: () => new Date() })
  await store.define(collectionSpecs)
  told = []
  sessions = createSessions({
    store,
    bus,
    clock: () => new Date(),
    settings: defaultSessionSettings,
    onStored: (record) => told.push(record),
  })
})

afterEach(async () => {
  await bus.close()
  await store.close()
})

describe('sessions in the store', () => {
  it('gives a plug to one session at a time, and to the next when it is free', async () => {
    await sessions.create(session('1'))
    await expect(sessions.create(session('5'))).rejects.toMatchObject({ code: 'conflict' })
    await sessions.act(hex('1') as SessionId, () => ({ input: { type: 'openFailed', at, message: 'no credit' } }))
    await expect(sessions.create(session('5'))).resolves.toMatchObject({ state: 'opening' })
  })

  it('lets a driver have one opening at a time through the app', async () => {
    await sessions.create(session('1'))
    const elsewhere = { ...offer, stationId: 'ST2' }
    const second = session('5', { offer: elsewhere, terms: terms(address('1')) })
    await expect(sessions.create(second)).rejects.toMatchObject({ code: 'conflict' })
    await sessions.act(hex('1') as SessionId, () => ({ input: { type: 'opened', at } }))
    await expect(sessions.create(second)).resolves.toBeDefined()
  })

  it('takes steps asked for at the same moment one after the other, and loses none', async () => {
    await sessions.create(session('1'))
    const id = hex('1') as SessionId
    // Two managers on one store: their own queues do not help, the revision must.
    const other = createSessions({
      store,
      bus,
      clock: () => new Date(),
      settings: defaultSessionSettings,
      onStored: () => undefined,
    })
    await sessions.act(id, () => ({ input: { type: 'opened', at } }))
    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        (index % 2 === 0 ? sessions : other).act(id, (record) => ({
          input: { type: 'toppedUp', at, limitMicro: (BigInt(record.limitMicro) + 1_000_000n).toString() },
        })),
      ),
    )
    expect((await sessions.find(id))?.limitMicro).toBe('37000000')
    const { items } = await store.find<LedgerEntry & { _id: string }>(collections.ledger, { sessionId: id })
    const escrow = items.flatMap(({ postings }) => postings).filter(({ account }) => account.startsWith('escrow'))
    expect(escrow.reduce((sum, { micro }) => sum + BigInt(micro), 0n)).toBe(37_000_000n)
  })

  it('stores record, ledger, log and event of a step together, and keeps signatures out of log and event', async () => {
    await sessions.create(session('1'))
    const id = hex('1') as SessionId
    await sessions.act(id, () => ({ input: { type: 'opened', at, txHash: '0x0f' } }))
    expect(told.at(-1)).toMatchObject({ state: 'funded', outbox: [{ kind: 'start' }] })
    expect(await store.count(collections.ledger, { sessionId: id })).toBe(1)
    const log = await store.range(series.steps, id, {})
    expect(log.map(({ value }) => (value as { to: string }).to)).toEqual(['opening', 'funded'])
    const events = await bus.replay({ afterSeq: 0, types: ['session.state'] })
    expect(events.map((event) => (event.data as { to: string }).to)).toEqual(['opening', 'funded'])
    expect(JSON.stringify([log, events])).not.toMatch(/driverSignature|"signature"|permit/)
  })

  it('stores nothing and tells nothing for an input that means nothing', async () => {
    await sessions.create(session('1'))
    const before = told.length
    const same = await sessions.act(hex('1') as SessionId, () => ({
      input: { type: 'cosigned', at, signature: '0x06' },
    }))
    expect(same.state).toBe('opening')
    expect(told).toHaveLength(before)
    expect(await store.range(series.steps, hex('1'), {})).toHaveLength(1)
  })

  it('says in words that a session does not exist', async () => {
    await expect(sessions.act(hex('9') as SessionId, () => undefined)).rejects.toMatchObject({
      code: 'not-found',
      hint: expect.any(String),
    })
  })
})
