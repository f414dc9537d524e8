import {
  escrowDomain,
  isSignedBy,
  quoteTypedData,
  receiptTypedData,
  recordTypedData,
  termsTypedData,
} from '@werenode/chain'
import {
  type ChargeReceipt,
  type ChargeTerms,
  receiptToWire,
  type SignRequest,
  type Store,
  termsToWire,
} from '@werenode/core'
import { openMemoryStore } from '@werenode/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { collectionSpecs } from '../rows.ts'
import { defaultSettings } from '../settings.ts'
import { newCharge, newKeys, receiptOf } from '../testing/world.ts'
import { accountsOf } from './accounts.ts'
import { createSignedOnce, type SignedOnce } from './once.ts'
import { createSigner, issuerLeft } from './sign.ts'

const keys = newKeys()
const accounts = accountsOf(keys)
const network = {
  chainId: 31_337,
  escrow: `0x${'e5'.repeat(20)}` as const,
  token: `0x${'70'.repeat(20)}` as const,
  operatorRegistry: `0x${'01'.repeat(20)}` as const,
  evseRegistry: `0x${'02'.repeat(20)}` as const,
  operatorId: `0x${'0a'.repeat(32)}` as const,
  payee: `0x${'9a'.repeat(20)}` as const,
  local: true,
  onDemand: true,
  fromBlock: 0,
}
const domain = escrowDomain(network.chainId, network.escrow)
const settings = { ...defaultSettings, issuerDailyCapMicro: 60_000_000n }
let now = new Date('2026-11-22T10:00:00Z')

let store: Store
let once: SignedOnce
let sign: (request: SignRequest) => Promise<{ signature: `0x${string}`; signer: string }>
beforeAll(async () => {
  store = await openMemoryStore()
  await store.define(collectionSpecs)
  once = createSignedOnce(store)
  sign = createSigner({ network, accounts, settings, domain }, once, () => now)
})
afterAll(() => store.close())

const charge = (fields: Partial<ChargeTerms> = {}) => newCharge({ network, keys }, fields)
const quote = (fields: Partial<ChargeTerms>) => sign({ what: 'quote', terms: termsToWire(charge(fields).terms) })
const receipt = (of: ReturnType<typeof charge>, fields: Partial<ChargeReceipt> = {}) =>
  sign({ what: 'receipt', terms: termsToWire(of.terms), receipt: receiptToWire(receiptOf(of, fields)) })

test('a quote for our own operator is signed by its signer', async () => {
  const { id, terms } = charge()
  const { signature, signer } = await sign({ what: 'quote', terms: termsToWire(terms) })
  expect(signer).toBe(accounts.signer.address.toLowerCase())
  expect(await isSignedBy(accounts.signer.address, quoteTypedData(id, domain), signature)).toBe(true)
})

test.for<[string, Partial<ChargeTerms>]>([
  ['another operator', { operatorId: `0x${'0b'.repeat(32)}` }],
  ['another payee', { payee: `0x${'9b'.repeat(20)}` }],
  ['another asset', { token: `0x${'71'.repeat(20)}` }],
  ['a foreign meter key', { meterKeyHash: `0x${'33'.repeat(32)}` }],
  ['a deposit beyond the limit', { maxAmount: 500_000_001n }],
  ['too large a bond', { disputeBond: 1_250_001n }],
  ['no driver', { driver: `0x${'00'.repeat(20)}` }],
  ["an operator's key as session key", { sessionKey: accounts.signer.address }],
])('a quote that names %s is refused', async ([, fields]) => {
  await expect(quote(fields)).rejects.toMatchObject({ code: 'terms-refused' })
})

test('a quote for a free charge is signed: the chain would never take it', async () => {
  expect((await quote({ maxAmount: 0n, disputeBond: 0n, driver: `0x${'00'.repeat(20)}` })).signature).toMatch(/^0x/)
})

test('a receipt is signed up to what the signed prices allow, for its own session only', async () => {
  const one = charge()
  const { signature } = await receipt(one)
  expect(await isSignedBy(accounts.signer.address, receiptTypedData(receiptOf(one), domain), signature)).toBe(true)
  const bound = receiptOf(one).amount
  await expect(receipt(charge(), { amount: bound + 1n })).rejects.toMatchObject({ code: 'terms-refused' })
  await expect(receipt(charge(), { sessionId: one.id })).rejects.toMatchObject({ code: 'terms-refused' })
  await expect(receipt(charge(), { endWh: 1n })).rejects.toMatchObject({ code: 'terms-refused' })
})

test('a second receipt of a session may only ask for less', async () => {
  const one = charge()
  const { amount } = receiptOf(one)
  await receipt(one, { amount: amount - 5n })
  await receipt(one, { amount: amount - 5n })
  await receipt(one, { amount: amount - 9n })
  await expect(receipt(one, { amount: amount - 5n })).rejects.toMatchObject({ code: 'terms-refused' })
})

test('the gateway meter key signs a start once and an end once, or one that is better for the driver', async () => {
  const sessionId = charge().id
  const record = (kind: 'START' | 'END', wh: bigint, counter: number) =>
    sign({
      what: 'meterRecord',
      record: { sessionId, kind, wh: wh.toString(), time: 1, chargingSeconds: 0, idleSeconds: 0, counter },
    })
  const { signature } = await record('START', 1000n, 1)
  const typed = recordTypedData(
    { sessionId, kind: 'START', wh: 1000n, time: 1, chargingSeconds: 0, idleSeconds: 0, counter: 1 },
    domain,
  )
  expect(await isSignedBy(accounts.meter.address, typed, signature)).toBe(true)
  await record('START', 1000n, 3) // Made again after a crash, under the next counter.
  await record('END', 9000n, 2)
  await record('END', 8900n, 4)
  await expect(record('START', 999n, 5)).rejects.toMatchObject({ code: 'terms-refused' })
  await expect(record('END', 9000n, 6)).rejects.toMatchObject({ code: 'terms-refused' })
})

test("the issuer pays for its own cards, up to the day's limit, and the same terms count once", async () => {
  const card = (fields: Partial<ChargeTerms> = {}) =>
    charge({ driver: accounts.issuer.address, sessionKey: accounts.issuerSession.address, ...fields })
  const issue = (of: ReturnType<typeof charge>) => sign({ what: 'issuerTerms', terms: termsToWire(of.terms) })
  const first = card()
  const { signature, signer } = await issue(first)
  expect(signer).toBe(accounts.issuer.address.toLowerCase())
  expect(await isSignedBy(accounts.issuer.address, termsTypedData(first.terms, domain), signature)).toBe(true)
  await issue(first)
  await issue(card())
  await expect(issue(card())).rejects.toMatchObject({ code: 'terms-refused' })
  expect(await issuerLeft(settings.issuerDailyCapMicro, once, () => now)).toBe(10_000_000n)
  now = new Date('2026-11-23T00:00:01Z')
  await issue(card())
  await expect(issue(charge())).rejects.toMatchObject({ code: 'terms-refused' })
  await expect(issue(card({ source: 'Allowance' }))).rejects.toMatchObject({ code: 'terms-refused' })
  await expect(issue(card({ sessionKey: accounts.sender.address }))).rejects.toMatchObject({ code: 'terms-refused' })
})

test("the issuer's session key co-signs card sessions and nobody else's", async () => {
  const card = charge({ driver: accounts.issuer.address, sessionKey: accounts.issuerSession.address })
  const cosign = (of: ReturnType<typeof charge>) =>
    sign({ what: 'issuerReceipt', terms: termsToWire(of.terms), receipt: receiptToWire(receiptOf(of)) })
  expect((await cosign(card)).signer).toBe(accounts.issuerSession.address.toLowerCase())
  await expect(cosign(charge())).rejects.toMatchObject({ code: 'terms-refused' })
})
