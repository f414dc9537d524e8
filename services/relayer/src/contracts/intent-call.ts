import {
  batchItemStruct,
  chargeEscrowAbi,
  consentByQuote,
  evidenceStruct,
  openCall,
  type ProvenRecord,
  settlementStruct,
  statementFromWire,
  termsStruct,
  type Withdraw,
} from '@werenode/chain'
import {
  type Address,
  type ChainIntent,
  type Hex,
  receiptFromWire,
  termsFromWire,
  type WithdrawalOrder,
} from '@werenode/core'
import { encodeFunctionData } from 'viem'
import type { NetworkFacts } from './network.ts'
import { publishCall } from './publish-call.ts'

export interface ContractCall {
  readonly to: Address
  readonly data: Hex
  /** Gas limit: generous, what is not used is not paid. */
  readonly gas: bigint
}

export type SettleIntent = Extract<ChainIntent, { kind: 'settle' }>

/** Who stands behind a call: the account that signs for the operator, and the gateway's meter key. */
export interface Voices {
  readonly signer: Address
  readonly meterKey: Hex
}

/** The one call that does what an intent asks. Throws when its fields cannot be encoded. */
export const intentCall = (network: NetworkFacts, voices: Voices, intent: ChainIntent): ContractCall => {
  const call = (gas: bigint, data: Hex): ContractCall => ({ to: network.escrow, data, gas })
  const abi = chargeEscrowAbi
  switch (intent.kind) {
    case 'open': {
      const { driverSignature, permit } = intent
      const consent = consentByQuote(voices.signer, intent.operatorSignature)
      return call(
        900_000n,
        openCall({
          terms: termsFromWire(intent.terms),
          driverSignature,
          consent,
          ...(permit ? { permit: { deadline: BigInt(permit.deadline), signature: permit.signature } } : {}),
        }),
      )
    }
    case 'settle': {
      const item = settlementStruct({
        terms: termsFromWire(intent.terms),
        receipt: receiptFromWire(intent.receipt),
        operatorSigner: voices.signer,
        operatorSignature: intent.operatorSignature,
        sessionSignature: intent.driverSignature,
      })
      return call(600_000n, encodeFunctionData({ abi, functionName: 'settle', args: [item] }))
    }
    case 'propose': {
      const { receipt, operatorSignature } = intent
      const terms = termsStruct(termsFromWire(intent.terms))
      const args = [terms, receiptFromWire(receipt), voices.signer, operatorSignature] as const
      return call(600_000n, encodeFunctionData({ abi, functionName: 'propose', args }))
    }
    case 'topUp': {
      const { newMaxMicro, deadline, driverSignature } = intent
      const args = [termsStruct(termsFromWire(intent.terms)), BigInt(newMaxMicro), deadline, driverSignature] as const
      return call(600_000n, encodeFunctionData({ abi, functionName: 'topUp', args }))
    }
    case 'prove': {
      const { start, end } = intent.evidence
      const evidence = evidenceStruct({ meterKey: voices.meterKey, start: proven(start), end: proven(end) })
      const args = [termsStruct(termsFromWire(intent.terms)), receiptFromWire(intent.receipt), evidence] as const
      return call(2_000_000n, encodeFunctionData({ abi, functionName: 'prove', args }))
    }
    case 'void': {
      // The sender is the operator's QUOTE delegate, so it signs nothing: it is the sender.
      const args = [termsStruct(termsFromWire(intent.terms)), 0, '0x'] as const
      return call(300_000n, encodeFunctionData({ abi, functionName: 'voidTerms', args }))
    }
    case 'cancel':
    case 'finalise':
    case 'finaliseCancel':
    case 'acknowledgeStart':
    case 'reclaim': {
      const args = [termsStruct(termsFromWire(intent.terms))] as const
      return call(500_000n, encodeFunctionData({ abi, functionName: intent.kind, args }))
    }
    case 'publish':
      return publishCall(network, voices.meterKey, intent.publication)
    case 'faucet': {
      const args = [network.token, BigInt(intent.amountMicro), intent.account] as const
      return call(300_000n, encodeFunctionData({ abi, functionName: 'deposit', args }))
    }
    case 'payStatement': {
      const args = [statementFromWire(intent.statement), intent.signer, intent.signature] as const
      return call(400_000n, encodeFunctionData({ abi, functionName: 'payStatement', args }))
    }
    case 'withdraw': {
      const args = [withdrawOf(network, intent.order), intent.signature] as const
      return call(400_000n, encodeFunctionData({ abi, functionName: 'withdrawSigned', args }))
    }
  }
}

/** An order as the contract takes it. */
export const withdrawOf = (network: Pick<NetworkFacts, 'token'>, order: WithdrawalOrder): Withdraw => ({
  account: order.account,
  token: network.token,
  amount: BigInt(order.amountMicro),
  to: order.to,
  nonce: BigInt(order.nonce),
  deadline: order.deadline,
})

const proven = (signed: Extract<ChainIntent, { kind: 'prove' }>['evidence']['start']): ProvenRecord => ({
  ...signed,
  record: { ...signed.record, wh: BigInt(signed.record.wh) },
})

/** Only credit-funded co-signed receipts go into a batch: their refund is a write inside the escrow (R40, R41). */
export const isBatchable = (intent: ChainIntent): intent is SettleIntent =>
  intent.kind === 'settle' && intent.terms.source === 'Credit'

/** Items in one batch: as many as the contract takes (R40). Its transaction stays below the 128 KiB that mempools accept. */
export const batchLimit = 100

/** R40: each item runs under a cap that must be left in full when it begins. The whole stays below 16.7 M (EIP-7825). */
const itemCapGas = 500_000n
const perItemGas = 120_000n

export const settleBatchCall = (network: NetworkFacts, intents: readonly SettleIntent[]): ContractCall => ({
  to: network.escrow,
  data: encodeFunctionData({
    abi: chargeEscrowAbi,
    functionName: 'settleBatch',
    args: [
      intents.map((intent) =>
        batchItemStruct({
          terms: termsFromWire(intent.terms),
          receipt: receiptFromWire(intent.receipt),
          operatorSignature: intent.operatorSignature,
          sessionSignature: intent.driverSignature,
        }),
      ),
    ],
  }),
  gas: 100_000n + itemCapGas + perItemGas * BigInt(intents.length),
})
