import { describe, expect, it } from 'vitest'
import { connectorBits, coversConnector, type StandingOffer, termsFromOffer } from './standing-offer.ts'

const word = `0x${'11'.repeat(32)}` as const
const address = '0x1111111111111111111111111111111111111111'
const offer: StandingOffer = {
  token: address,
  payee: address,
  startFee: 1n,
  pricePerKWh: 2n,
  pricePerMinute: 3n,
  idlePerMinute: 4n,
  tariffHash: word,
  meterKeyHash: word,
  maxPowerW: 22_000,
  disputeWindow: 86_400,
  disputeBond: 5n,
  minAmount: 20_000_000n,
  maxAmount: 50_000_000n,
  startDelay: 1800,
  settlePeriod: 259_200,
  connectors: connectorBits([1, 2, 255]),
}

describe('a standing offer', () => {
  it('covers the connectors whose bits are set', () => {
    expect([0, 1, 2, 3, 255, 256, 257].map((connector) => coversConnector(offer, connector))).toEqual([
      false,
      true,
      true,
      false,
      true,
      false,
      false,
    ])
  })

  it('makes terms that keep its prices and clocks', () => {
    const terms = termsFromOffer(offer, {
      driver: address,
      operatorId: word,
      evseIdHash: word,
      connector: 1,
      source: 'Credit',
      maxAmount: 25_000_000n,
      sessionKey: address,
      salt: word,
      openBy: 1_800_000_000,
    })
    expect(terms.startBy).toBe(1_800_001_800)
    expect(terms.settleBy).toBe(1_800_261_000)
    expect(terms.pricePerKWh).toBe(2n)
  })
})
