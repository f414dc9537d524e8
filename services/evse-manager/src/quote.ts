import { randomBytes } from 'node:crypto'
import { escrowDomain, evseIdHash, sessionIdOf } from '@werenode/chain'
import {
  ask,
  type Bus,
  type ChainNetwork,
  type ChargeTerms,
  type Clock,
  type ConnectorOffer,
  type EvseId,
  type Hex,
  type Quote,
  type QuoteRequest,
  type SessionRecord,
  type Store,
  termsToWire,
  unixSeconds,
  WerenodeError,
} from '@werenode/core'
import { collections } from './collections.ts'
import { freeFor } from './free-user.ts'
import type { ManagerSettings } from './settings.ts'
import { ceilings, examplePrice, tariffHash } from './tariffs.ts'

/** A quote as it is kept: what open checks the signed terms against. */
export interface StoredQuote {
  readonly _id: string
  readonly quote: Quote
  readonly offer: ConnectorOffer
  readonly expiresAt: string
}

export interface Quotes {
  quote(request: QuoteRequest): Promise<Quote>
  /** The plug, if it may be charged at now; otherwise the reason, for the driver. */
  offerNow(evseId: EvseId, connector: number): Promise<ConnectorOffer>
  /** Terms for an offer with the money and times of the settings. */
  termsFor(given: {
    offer: ConnectorOffer
    driver: `0x${string}`
    sessionKey: `0x${string}`
    source: QuoteRequest['source']
    maxAmount: bigint
    at: Date
    salt: Hex
    network: ChainNetwork
  }): ChargeTerms
}

/** Prices a charge and writes the terms the driver is asked to sign. */
export const createQuotes = (deps: { store: Store; bus: Bus; clock: Clock; settings: ManagerSettings }): Quotes => {
  const { store, bus, clock, settings } = deps

  const offerNow: Quotes['offerNow'] = async (evseId, connector) => {
    const offer = await ask(bus, 'catalogue.offer', { evseId, connector })
    if (!offer.payable)
      throw new WerenodeError('not-payable', `${evseId} is shown from open data and is not on Werenode yet`, {
        hint: 'Choose a plug marked as chargeable.',
      })
    refuseByStatus(offer)
    const busy = await store.find<SessionRecord>(
      collections.sessions,
      { stationId: offer.stationId, evse: offer.evse, connector: offer.connector, holdsConnector: true },
      { limit: 1 },
    )
    if (busy.items.length > 0) throw occupied(evseId)
    return offer
  }

  const termsFor: Quotes['termsFor'] = ({ offer, driver, sessionKey, source, maxAmount, at, salt, network }) => {
    const openBy = unixSeconds(at) + settings.quoteValidS
    const startBy = openBy + settings.startWithinS
    const bond = smaller((maxAmount * 5n) / 100n, settings.mostBondMicro)
    return {
      driver,
      operatorId: offer.operatorId,
      payee: offer.payee,
      evseIdHash: evseIdHash(offer.evseId),
      connector: offer.connector,
      token: network.token,
      source,
      maxAmount,
      ...ceilings(offer.tariff),
      tariffHash: tariffHash(offer.tariff, offer.timeZone),
      maxPowerW: Math.ceil(offer.maxPowerW * settings.powerMargin),
      meterKeyHash: network.meterKeyHash,
      disputeBond: bond,
      disputeWindow: settings.disputeWindowS,
      openBy,
      startBy,
      settleBy: startBy + settings.settleWithinS,
      sessionKey,
      salt,
    }
  }

  return {
    offerNow,
    termsFor,
    quote: async (request) => {
      const offer = await freeFor(bus, await offerNow(request.evseId, request.connector), { driver: request.driver })
      const network = await ask(bus, 'relayer.network', {})
      if (!offer.free) await refuseWhenChainIsAway(bus)
      const at = clock()
      const maxAmount = offer.free ? 0n : BigInt(request.maxAmountMicro ?? settings.defaultDepositMicro)
      const terms = termsFor({
        offer,
        driver: request.driver,
        sessionKey: request.sessionKey,
        source: request.source,
        maxAmount,
        at,
        salt: `0x${randomBytes(32).toString('hex')}`,
        network,
      })
      if (!offer.free) refuseSmallDeposit(terms, maxAmount)
      const wire = termsToWire(terms)
      const sessionId = sessionIdOf(terms, escrowDomain(network.chainId, network.escrow))
      const { signature } = await ask(bus, 'relayer.sign', { what: 'quote', terms: wire })
      const expiresAt = new Date(terms.openBy * 1000).toISOString()
      const quote: Quote = {
        sessionId,
        terms: wire,
        operatorSignature: signature,
        expiresAt,
        tariff: offer.tariff,
        timeZone: offer.timeZone,
        evseId: offer.evseId,
        locationName: offer.locationName,
        keyClass: offer.keyClass,
        meterCertified: offer.meterCertified,
        example: examplePrice(offer.tariff, offer.timeZone, at, settings.example.energyWh, offer.maxPowerW),
      }
      const stored: StoredQuote = { _id: sessionId, quote, offer, expiresAt }
      await store.write([{ op: 'insert', in: collections.quotes, doc: stored }])
      return quote
    },
  }
}

export const occupied = (evseId: string): WerenodeError =>
  new WerenodeError('evse-occupied', `${evseId} is in use`, { hint: 'Wait until it is free, or choose another plug.' })

/** New paid sessions are refused when opens cannot confirm (charge.md). */
export const refuseWhenChainIsAway = async (bus: Bus): Promise<void> => {
  const health = await ask(bus, 'relayer.health', {})
  if (health.canOpen) return
  throw new WerenodeError(
    'chain-unavailable',
    `Payments cannot be confirmed right now: ${health.reason ?? 'the chain does not answer'}`,
    {
      hint: 'Running charges go on and settle later. Try again in a minute.',
    },
  )
}

const refuseByStatus = (offer: ConnectorOffer): void => {
  switch (offer.status) {
    case 'AVAILABLE':
    case 'BLOCKED':
      return
    case 'CHARGING':
    case 'RESERVED':
      throw occupied(offer.evseId)
    case 'UNKNOWN':
      throw new WerenodeError('station-offline', `The station of ${offer.evseId} is not connected`, {
        hint: 'Choose another plug, or try again in a minute.',
      })
    default:
      throw new WerenodeError('evse-unavailable', `${offer.evseId} is ${offer.status.toLowerCase()}`, {
        hint: 'Choose another plug.',
      })
  }
}

/** A deposit that one reporting interval could use up is refused before it is signed. */
const refuseSmallDeposit = (terms: ChargeTerms, maxAmount: bigint): void => {
  const least = terms.startFee + terms.pricePerKWh / 2n + terms.disputeBond
  if (maxAmount >= least && maxAmount >= 1_000_000n) return
  throw new WerenodeError('invalid-input', `A deposit of ${Number(maxAmount) / 1e6} EUR is too small for this plug`, {
    hint: 'Offer at least 1 EUR more than the start fee; what is not used comes back at once.',
  })
}

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b)
