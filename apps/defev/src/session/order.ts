import {
  consentByOffer,
  domainOf,
  openAuthorization,
  openCall,
  permitTypedData,
  type StandingOffer,
  sessionIdOf,
  type TokenEntry,
  type TypedData,
  termsFromOffer,
  termsTypedData,
  tokenDomainOf,
} from '@werenode/chain'
import type { Address, ChargeTerms, Hex, SessionId } from '@werenode/core'
import { toHex } from 'viem'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import type { Deployment } from '../chain/deployment.ts'
import type { Plug } from '../registry/plug.ts'

/**
 * How the deposit is paid. `Authorization`: ERC-3009, one signature. `Permit`: EIP-2612 and the terms, two signatures. `Allowance`: an
 * approval first, then the driver's own call. `Credit`: from what lies in the escrow, by the driver's own call.
 */
export type Way = 'Authorization' | 'Permit' | 'Allowance' | 'Credit'

/** A charge the driver is about to agree to: the very terms, and the key made for it on this device. */
export interface Order {
  readonly plug: Plug
  readonly offer: StandingOffer
  readonly terms: ChargeTerms
  readonly sessionId: SessionId
  readonly way: Way
  readonly sessionKey: Hex
}

/** Terms are open for this long; the contract allows 15 minutes (R12). */
export const openWithinS = 600

/** Builds terms and session id from the plug's standing offer alone (R15); both the words on screen and the call follow from them. */
export const makeOrder = (given: {
  readonly plug: Plug
  readonly connector: number
  readonly driver: Address
  readonly maxAmount: bigint
  readonly way: Way
  readonly deployment: Deployment
  /** The chain's time, unix seconds: the contract judges by it. */
  readonly nowS: number
}): Order => {
  const { plug, way, deployment } = given
  const offer = plug.offer
  if (offer === undefined) throw new RangeError(`${plug.evseId} has no standing offer`)
  const sessionKey = generatePrivateKey()
  const terms = termsFromOffer(offer, {
    driver: given.driver,
    operatorId: plug.operatorId,
    evseIdHash: plug.evseIdHash,
    connector: given.connector,
    source: way === 'Permit' ? 'Allowance' : way,
    maxAmount: given.maxAmount,
    sessionKey: privateKeyToAddress(sessionKey),
    salt: toHex(crypto.getRandomValues(new Uint8Array(32))),
    openBy: given.nowS + openWithinS,
  })
  return { plug, offer, terms, sessionId: sessionIdOf(terms, domainOf(deployment.addresses)), way, sessionKey }
}

/** What the wallet is asked to sign for this order, in turn; nothing for ways in which the driver sends the call himself. */
export const signaturesOf = (
  { terms, way }: Order,
  deployment: Deployment,
  token: TokenEntry,
  permitNonce: bigint,
): readonly TypedData[] => {
  const domain = domainOf(deployment.addresses)
  const tokenDomain = tokenDomainOf(deployment.addresses, token)
  if (way === 'Authorization') return [openAuthorization(terms, domain, tokenDomain)]
  if (way === 'Permit')
    return [
      permitTypedData(
        {
          owner: terms.driver,
          spender: deployment.addresses.escrow,
          value: terms.maxAmount,
          nonce: permitNonce,
          deadline: BigInt(terms.openBy),
        },
        tokenDomain,
      ),
      termsTypedData(terms, domain),
    ]
  return []
}

/** The call that opens the session. `signatures` are those of `signaturesOf`, in its order. */
export const openingCall = ({ terms, way, offer }: Order, signatures: readonly Hex[]): Hex => {
  const consent = consentByOffer(offer)
  const [first, second] = signatures
  if (way === 'Permit')
    return openCall({
      terms,
      driverSignature: second!,
      consent,
      permit: { deadline: BigInt(terms.openBy), signature: first! },
    })
  // The driver is the sender of his own credit's or allowance's opening, so there is nothing else to sign (R20).
  return openCall({ terms, driverSignature: first ?? '0x', consent })
}
