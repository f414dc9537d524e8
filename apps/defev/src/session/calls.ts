import {
  chargeEscrowAbi,
  domainOf,
  receiptTypedData,
  settlementStruct,
  sign,
  termsStruct,
  walletOfAccount,
} from '@werenode/chain'
import type { ChargeTerms, Hex } from '@werenode/core'
import { encodeFunctionData } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { Deployment } from '../chain/deployment.ts'
import type { Proposal } from './charge.ts'

const abi = chargeEscrowAbi

/** Calls the driver sends himself: as the sender he signs nothing else (R20). */
export const stopCall = (terms: ChargeTerms): Hex =>
  encodeFunctionData({ abi, functionName: 'requestStop', args: [termsStruct(terms), 0, '0x'] })

export const requestCancelCall = (terms: ChargeTerms): Hex =>
  encodeFunctionData({ abi, functionName: 'requestCancel', args: [termsStruct(terms), 0, '0x'] })

export const disputeCall = (terms: ChargeTerms, undisputedMicro: bigint): Hex =>
  encodeFunctionData({ abi, functionName: 'dispute', args: [termsStruct(terms), undisputedMicro, 0, '0x'] })

/** Calls anybody may send. */
export const endingCall = (terms: ChargeTerms, kind: 'finalise' | 'finaliseCancel' | 'reclaim'): Hex =>
  encodeFunctionData({ abi, functionName: kind, args: [termsStruct(terms)] })

/** Settles by both signatures. With the session key of this device, anybody may send it; without it, the driver must be the sender. */
export const settleCall = async (
  terms: ChargeTerms,
  proposal: Proposal,
  deployment: Deployment,
  sessionKey: Hex | undefined,
): Promise<Hex> => {
  const typed = receiptTypedData(proposal.receipt, domainOf(deployment.addresses))
  const sessionSignature =
    sessionKey === undefined ? '0x' : await sign(walletOfAccount(privateKeyToAccount(sessionKey)), typed)
  const item = settlementStruct({ terms, ...proposal, sessionSignature })
  return encodeFunctionData({ abi, functionName: 'settle', args: [item] })
}
