import { offerHashOf, offerToWire, type StandingOffer, termsFromOffer } from '@werenode/chain'
import { type Hex, parseEvseId } from '@werenode/core'
import { describe, expect, it } from 'vitest'
import { differencesFromOffer } from './differences.ts'
import { type Known, planPublication, type Wanted } from './plan.ts'

const word = (n: number): Hex => `0x${n.toString(16).padStart(64, '0')}`
const address = `0x${'11'.repeat(20)}` as const
const offer: StandingOffer = {
  token: address,
  payee: address,
  startFee: 1n,
  pricePerKWh: 250_000n,
  pricePerMinute: 0n,
  idlePerMinute: 0n,
  tariffHash: word(1),
  meterKeyHash: word(2),
  maxPowerW: 22_000,
  disputeWindow: 86_400,
  disputeBond: 250_000n,
  minAmount: 5_000_000n,
  maxAmount: 200_000_000n,
  startDelay: 1_800,
  settlePeriod: 345_600,
  connectors: 2n,
}
const offerHash = offerHashOf(offer)
const day = 86_400
const nowS = 1_800_000_000
const times = { nowS, offerLifeS: 7 * day, renewBelowS: 3 * day }
const wanted = (n: number): Wanted => ({
  evseIdHash: word(n),
  listing: {
    evseId: parseEvseId(`FR*WRN*E${n}`),
    name: 'Lyon',
    latitudeE7: 457_578_000,
    longitudeE7: 48_320_000,
    connectors: [{ connector: 1, standard: 'IEC_62196_T2', maxPowerW: 22_000 }],
  },
  listingDigest: 'now',
  offer: { hash: offerHash, wire: offerToWire(offer) },
})
const known = (n: number, more: Partial<Known['onChain']> = {}, listingDigest = 'now'): [Hex, Known] => [
  word(n),
  {
    listingDigest,
    onChain: {
      evseIdHash: word(n),
      registered: true,
      active: true,
      offerHash,
      offerValidUntil: nowS + 6 * day,
      meterKeyHash: word(2),
      ...more,
    },
  },
]
const plan = (items: readonly Wanted[], there: readonly [Hex, Known][], gone: readonly Hex[] = []) =>
  planPublication(items, new Map(there), gone, times)

describe('keeping the registry in step', () => {
  it('does nothing when it says what is wanted', () => {
    expect(plan([wanted(1)], [known(1)])).toEqual([])
  })

  it('registers first; the offer follows when the chain says that the plug is there', () => {
    expect(plan([wanted(1)], [known(1, { registered: false, active: false, offerHash: word(0) })])).toMatchObject([
      { do: 'register', items: [{ active: true }] },
    ])
    expect(plan([wanted(1)], [known(1, { offerHash: word(0) })])).toMatchObject([{ do: 'offer' }])
  })

  it('registers a hundred plugs in calls of forty', () => {
    const many = Array.from({ length: 100 }, (_, index) => index + 1)
    const calls = plan(
      many.map(wanted),
      many.map((n) => known(n, { registered: false, active: false })),
    )
    expect(calls.map((call) => (call.do === 'register' ? call.items.length : 0))).toEqual([40, 40, 20])
  })

  it('renews an offer in time, replaces one whose price changed, withdraws that of a free plug', () => {
    expect(plan([wanted(1)], [known(1, { offerValidUntil: nowS + 2 * day })])).toMatchObject([
      { do: 'renew', validUntil: Math.floor((nowS + 7 * day) / 3600) * 3600 },
    ])
    expect(plan([wanted(1)], [known(1, { offerHash: word(9) })])).toMatchObject([{ do: 'offer' }])
    const { offer: _now, ...free } = wanted(1)
    expect(plan([free], [known(1)])).toMatchObject([{ do: 'withdraw' }])
  })

  it('waits with an offer whose meter key is not in force yet', () => {
    expect(plan([wanted(1)], [known(1, { offerHash: word(0), meterKeyHash: word(7) })])).toEqual([])
  })

  it('closes plugs that are gone and tells of a listing that changed', () => {
    expect(plan([], [known(1)], [word(1)])).toMatchObject([{ do: 'setActive', active: false }])
    expect(plan([wanted(1)], [known(1, {}, 'before')])).toMatchObject([{ do: 'list' }])
  })
})

describe('terms opened on chain', () => {
  const terms = termsFromOffer(offer, {
    driver: address,
    operatorId: word(3),
    evseIdHash: word(4),
    connector: 1,
    source: 'Credit',
    maxAmount: 10_000_000n,
    sessionKey: address,
    salt: word(5),
    openBy: nowS,
  })

  it('are ours when every field is the offer’s', () => {
    expect(differencesFromOffer(terms, offer)).toEqual([])
  })

  it.each([
    ['pricePerKWh', { pricePerKWh: 1n }],
    ['payee', { payee: `0x${'22'.repeat(20)}` as const }],
    ['token', { token: `0x${'22'.repeat(20)}` as const }],
    ['tariffHash', { tariffHash: word(9) }],
    ['meterKeyHash', { meterKeyHash: word(9) }],
    ['maxPowerW', { maxPowerW: 1 }],
    ['disputeBond', { disputeBond: 0n }],
    ['disputeWindow', { disputeWindow: 3_600 }],
    ['startBy', { startBy: terms.startBy + 1 }],
    ['settleBy', { settleBy: terms.settleBy - 1 }],
    ['startFee', { startFee: 0n }],
    ['pricePerMinute', { pricePerMinute: 1n }],
    ['idlePerMinute', { idlePerMinute: 1n }],
    ['maxAmount', { maxAmount: 1_000_000n }],
    ['connector', { connector: 2 }],
  ] as const)('are not ours when %s is another', (field, change) => {
    expect(differencesFromOffer({ ...terms, ...change }, offer)).toContain(field)
  })
})
