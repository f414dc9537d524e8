import type { Address, ChargeReceipt, ChargeTerms, Hex } from '@werenode/core'
import { encodeFunctionData, parseSignature, toHex, zeroAddress, zeroHash } from 'viem'
import { chargeEscrowAbi } from './abis.ts'
import type { StandingOffer } from './standing-offer.ts'
import { type MeterRecord, recordStruct } from './typed/meter-record.ts'
import { type TermsStruct, termsCoreStruct, termsDetailsHash, termsStruct } from './typed/terms.ts'

/** How the operator agreed, as the open functions take it. */
export interface OperatorConsent {
  readonly signer: Address
  readonly signature: Hex
  readonly offer: readonly StandingOffer[]
}

export const consentByQuote = (signer: Address, signature: Hex): OperatorConsent => ({ signer, signature, offer: [] })

export const consentByOffer = (offer: StandingOffer): OperatorConsent => ({
  signer: zeroAddress,
  signature: '0x',
  offer: [offer],
})

/** A permit as the contract takes it; `none` where an allowance exists already. */
export interface PermitStruct {
  readonly deadline: bigint
  readonly v: number
  readonly r: Hex
  readonly s: Hex
}
const noPermit: PermitStruct = { deadline: 0n, v: 0, r: zeroHash, s: zeroHash }

export const permitStruct = (permit: { readonly deadline: bigint; readonly signature: Hex }): PermitStruct => {
  const { r, s, yParity } = parseSignature(permit.signature)
  return { deadline: permit.deadline, v: 27 + yParity, r, s }
}

/** The opening call for the terms' source: `open`, `openWithPermit` or `openWithAuthorization`, ready to send. */
export const openCall = (order: {
  readonly terms: ChargeTerms
  /** Over the terms, or for `Authorization` over `openAuthorization`. */
  readonly driverSignature: Hex
  readonly consent: OperatorConsent
  readonly permit?: { readonly deadline: bigint; readonly signature: Hex }
}): Hex => {
  const terms = termsStruct(order.terms)
  switch (order.terms.source) {
    case 'Credit':
      return encodeFunctionData({
        abi: chargeEscrowAbi,
        functionName: 'open',
        args: [terms, order.driverSignature, order.consent],
      })
    case 'Allowance':
      return encodeFunctionData({
        abi: chargeEscrowAbi,
        functionName: 'openWithPermit',
        args: [terms, order.permit ? permitStruct(order.permit) : noPermit, order.driverSignature, order.consent],
      })
    case 'Authorization':
      return encodeFunctionData({
        abi: chargeEscrowAbi,
        functionName: 'openWithAuthorization',
        args: [terms, order.driverSignature, order.consent],
      })
  }
}

/** The argument of `settle`. */
export interface SettlementStruct {
  readonly terms: TermsStruct
  readonly receipt: ChargeReceipt
  readonly operatorSigner: Address
  readonly operatorSignature: Hex
  readonly sessionSignature: Hex
}

/** `sessionSignature` is the session key's; leave a signature out ('0x') where that account itself sends. */
export const settlementStruct = (item: Omit<SettlementStruct, 'terms'> & { readonly terms: ChargeTerms }) =>
  ({ ...item, terms: termsStruct(item.terms) }) satisfies SettlementStruct

/** One item of `settleBatch`: only what a settlement needs; both signatures by ECDSA keys, in EIP-2098's short form (R40). */
export const batchItemStruct = (
  item: Omit<SettlementStruct, 'terms' | 'operatorSigner'> & { readonly terms: ChargeTerms },
) => {
  const operator = parseSignature(item.operatorSignature)
  const session = parseSignature(item.sessionSignature)
  return {
    terms: termsCoreStruct(item.terms),
    detailsHash: termsDetailsHash(item.terms),
    receipt: item.receipt,
    operatorR: operator.r,
    operatorVs: shortVs(operator),
    sessionR: session.r,
    sessionVs: shortVs(session),
  }
}

const shortVs = ({ s, yParity }: { readonly s: Hex; readonly yParity: number }): Hex =>
  yParity === 0 ? s : toHex(BigInt(s) | (1n << 255n), { size: 32 })

/** A record with its signature and Merkle proof. */
export interface ProvenRecord {
  readonly record: MeterRecord
  readonly signature: Hex
  readonly proof: readonly Hex[]
}

/** The evidence of `prove`. `meterKey` is the key itself, 20 or 84 bytes. */
export const evidenceStruct = (evidence: {
  readonly meterKey: Hex
  readonly start: ProvenRecord
  readonly end: ProvenRecord
}) => ({
  meterKey: evidence.meterKey,
  start: { ...evidence.start, record: recordStruct(evidence.start.record) },
  end: { ...evidence.end, record: recordStruct(evidence.end.record) },
})
