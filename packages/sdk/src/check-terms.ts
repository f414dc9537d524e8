import { evseIdHash, sessionIdOf } from '@werenode/chain'
import {
  type Address,
  type ChargeTerms,
  canonicalTariff,
  ceilingOf,
  type PriceCeiling,
  type Quote,
  type SessionId,
  type Tariff,
  WerenodeError,
} from '@werenode/core'
import { keccak256, stringToHex } from 'viem'
import { domainOf, type Network } from './network.ts'

/** What the terms must say, because we asked for it or because the network is so. */
export interface Expected {
  readonly driver: Address
  readonly sessionKey: Address
  readonly evseId: string
  readonly connector: number
  readonly source: ChargeTerms['source']
  readonly maxAmountMicro: bigint
  readonly network: Network
  /** Where the registry says this operator's money goes; undefined for a free charge. */
  readonly payout: Address | undefined
  readonly now: Date
}

const day = 86_400

/**
 * Holds a node's terms to what was asked and to the network (R15). A node that is wrong, or lies, is found out here, before anything is
 * signed. Returns the session id computed from these terms; throws `terms-refused`.
 *
 * @example
 * const network = await werenode.network()
 * const { terms, tariff, evseId, connector } = quote
 * const { driver, sessionKey, source, maxAmount: maxAmountMicro } = terms
 * checkTerms(quote, terms, tariff, {
 *   driver, sessionKey, source, maxAmountMicro, evseId, connector, network, payout: network.payee, now: new Date(),
 * })
 */
export const checkTerms = (
  quote: Pick<Quote, 'sessionId' | 'timeZone'>,
  terms: ChargeTerms,
  tariff: Tariff,
  expected: Expected,
): SessionId => {
  const { network } = expected
  const same = (a: string | number, b: string | number): boolean => String(a).toLowerCase() === String(b).toLowerCase()
  const must = (holds: boolean, words: string): void => {
    if (!holds)
      throw new WerenodeError('terms-refused', `The terms are not what was asked for: ${words}`, {
        hint: 'Nothing was signed. Ask for a new quote; if it stays, do not use this node.',
        data: { sessionId: quote.sessionId },
      })
  }
  must(same(terms.driver, expected.driver), `the driver is ${terms.driver}`)
  must(same(terms.sessionKey, expected.sessionKey), 'the session key is not the one made on this device')
  must(same(terms.token, network.token), `they are in token ${terms.token}`)
  must(same(terms.evseIdHash, evseIdHash(expected.evseId)), 'they are for another EVSE')
  must(terms.connector === expected.connector, `they are for connector ${terms.connector}`)
  must(terms.source === expected.source, `the money would come from ${terms.source}`)
  must(terms.maxAmount <= expected.maxAmountMicro, `they lock ${terms.maxAmount} micro-euro`)
  if (expected.payout !== undefined)
    must(same(terms.payee, expected.payout), `the payee ${terms.payee} is not the operator's`)

  must(same(terms.tariffHash, tariffHashOf(tariff, quote.timeZone)), 'the tariff shown is not the one they name')
  const ceiling = ceilingOf(tariff)
  for (const name of ['startFee', 'pricePerKWh', 'pricePerMinute', 'idlePerMinute'] satisfies (keyof PriceCeiling)[])
    must(terms[name] <= ceiling[name], `their ${name} of ${terms[name]} is above the tariff's ${ceiling[name]}`)

  const now = Math.floor(expected.now.getTime() / 1000)
  must(terms.openBy >= now - 60, 'they have expired')
  // A quarter of an hour of slack: the clocks of phones are wrong.
  must(terms.openBy <= now + 3_600 + 900, 'they would stay open for more than an hour')
  must(
    terms.startBy >= terms.openBy && terms.startBy <= terms.openBy + day,
    'they let the start wait for more than a day',
  )
  must(terms.settleBy <= now + 30 * day, 'they hold the deposit for more than thirty days')
  must(
    terms.disputeWindow >= 3_600 && terms.disputeWindow <= 7 * day,
    `their dispute window is ${terms.disputeWindow} s`,
  )
  must(
    terms.disputeBond * 20n <= terms.maxAmount && terms.disputeBond <= 2_000_000n,
    `their dispute bond is ${terms.disputeBond}`,
  )

  const sessionId = sessionIdOf(terms, domainOf(network))
  must(same(sessionId, quote.sessionId), 'their id is not the one the node names')
  return sessionId
}

/** keccak256 of the tariff's canonical text: what `terms.tariffHash` pins. */
export const tariffHashOf = (tariff: Tariff, timeZone: string) =>
  keccak256(stringToHex(canonicalTariff(tariff, timeZone)))
