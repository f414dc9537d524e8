import type { Charge } from './charge.ts'

/** Money that moved to or from a member's credit, with the transaction that proves it. */
export interface Movement {
  readonly at: string
  /** `paidIn`, `paidOut`, `kept` (a refund the wallet could not take) are of no charge. */
  readonly kind: 'deposit' | 'charge' | 'refund' | 'paidIn' | 'paidOut' | 'kept'
  readonly amountMicro: bigint
  readonly charge?: { readonly id: string; readonly place: string }
  readonly transaction: string
}

/** What came into the credit or left it by itself, as the node tells it. */
export interface CreditMove {
  readonly kind: 'deposit' | 'withdrawal' | 'refund'
  readonly amountMicro: string
  readonly at: string
  readonly txHash: string
}
const creditKinds = { deposit: 'paidIn', withdrawal: 'paidOut', refund: 'kept' } as const

/**
 * Each charge moves money up to three times: the deposit is locked, the operator is paid, the rest comes back; between charges credit is
 * paid in and out. Newest first.
 */
export const movementsOf = (
  charges: readonly Charge[],
  credit: readonly CreditMove[] = [],
  most = Number.POSITIVE_INFINITY,
): readonly Movement[] => {
  const moves: Movement[] = []
  for (const charge of charges) {
    if (moves.length >= most) break
    const { id, place, transactions, createdAt, endedAt = createdAt } = charge
    const of = { id, place }
    const end = transactions.settle ?? transactions.cancel
    if (end !== undefined && charge.returnedMicro !== undefined && charge.returnedMicro > 0n)
      moves.push({ at: endedAt, kind: 'refund', amountMicro: charge.returnedMicro, charge: of, transaction: end })
    if (transactions.settle !== undefined && charge.paidMicro !== undefined)
      moves.push({
        at: endedAt,
        kind: 'charge',
        amountMicro: charge.paidMicro,
        charge: of,
        transaction: transactions.settle,
      })
    if (transactions.open !== undefined)
      moves.push({
        at: createdAt,
        kind: 'deposit',
        amountMicro: charge.limitMicro,
        charge: of,
        transaction: transactions.open,
      })
  }
  for (const { kind, amountMicro, at, txHash } of credit)
    moves.push({ at, kind: creditKinds[kind], amountMicro: BigInt(amountMicro), transaction: txHash })
  return moves.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)).slice(0, most)
}
