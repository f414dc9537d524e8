import type { Address, Hex, WireStatement } from '@werenode/core'
import { fields, type SigningDomain, type TypedData, typedData } from './domain.ts'

/** One operator pays another for a period of roaming (R42). `total` in micro-euro, times unix seconds, `root` over the CDRs. */
export interface RoamingStatement {
  readonly payerId: Hex
  readonly payeeId: Hex
  readonly token: Address
  readonly number: bigint
  readonly periodStart: number
  readonly periodEnd: number
  readonly total: bigint
  readonly root: Hex
  readonly deadline: number
}

export const statementTypedData = (statement: RoamingStatement, domain: SigningDomain): TypedData =>
  typedData(
    domain,
    'RoamingStatement',
    fields(
      'bytes32 payerId,bytes32 payeeId,address token,uint64 number,uint48 periodStart,uint48 periodEnd,uint256 total,' +
        'bytes32 root,uint48 deadline',
    ),
    statement,
  )

/** @throws SyntaxError or RangeError when a number is none. */
export const statementFromWire = ({ number, totalMicro, ...rest }: WireStatement): RoamingStatement => ({
  ...rest,
  number: BigInt(number),
  total: BigInt(totalMicro),
})
