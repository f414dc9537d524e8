import type { ChargeReceipt, Hex } from '@werenode/core'
import { hashStruct } from 'viem'
import { fields, type SigningDomain, type TypedData, typedData } from './domain.ts'

const receiptFields = fields(
  'bytes32 sessionId,uint64 startWh,uint64 endWh,uint48 startedAt,uint48 endedAt,uint32 chargingSeconds,' +
    'uint32 idleSeconds,uint256 amount,bytes32 meterRoot',
)

/** What operator and session key sign at the end. */
export const receiptTypedData = (receipt: ChargeReceipt, domain: SigningDomain): TypedData =>
  typedData(domain, 'ChargeReceipt', receiptFields, receipt)

/** The receipt's hash as events carry it (`receiptHash`): the struct's, the same on every chain. */
export const receiptHash = (receipt: ChargeReceipt): Hex =>
  hashStruct({
    types: { ChargeReceipt: receiptFields },
    primaryType: 'ChargeReceipt',
    data: receipt as unknown as Record<string, unknown>,
  })
