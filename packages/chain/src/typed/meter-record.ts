import type { Hex } from '@werenode/core'
import { hashTypedData } from 'viem'
import { fields, type SigningDomain, type TypedData, typedData } from './domain.ts'

export const recordKind = { START: 0, END: 1, INTERIM: 2 } as const
export type RecordKind = keyof typeof recordKind

/** One reading as the meter key signs it (R25). `wh` is the register, `time` unix seconds, `counter` the key's signatures so far. */
export interface MeterRecord {
  readonly sessionId: Hex
  readonly kind: RecordKind
  readonly wh: bigint
  readonly time: number
  readonly chargingSeconds: number
  readonly idleSeconds: number
  readonly counter: number
}
export type RecordStruct = Omit<MeterRecord, 'kind'> & { readonly kind: number }

const recordFields = fields(
  'bytes32 sessionId,uint8 kind,uint64 wh,uint48 time,uint32 chargingSeconds,uint32 idleSeconds,uint48 counter',
)

export const recordStruct = (record: MeterRecord): RecordStruct => ({ ...record, kind: recordKind[record.kind] })

export const recordTypedData = (record: MeterRecord, domain: SigningDomain): TypedData =>
  typedData(domain, 'MeterRecord', recordFields, recordStruct(record))

/** What the meter key signs, and what the Merkle leaf is made of. */
export const recordDigest = (record: MeterRecord, domain: SigningDomain): Hex =>
  hashTypedData(recordTypedData(record, domain))
