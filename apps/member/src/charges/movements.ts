import type { Charge } from './charge.ts'

/** Money that moved between a member's credit and an operator, with the transaction that proves it. */
export interface Movement {
  readonly at: string
  readonly kind: 'deposit' | 'charge' | 'refund'
  readonly amountMicro: bigint
  readonly sessionId: string
  readonly place: string
  readonly transaction: string
}

/** Each charge moves money up to three times: the deposit is locked, the operator is paid, the rest comes back. Newest first. */
export const movementsOf = (charges: readonly Charge[], most = Number.POSITIVE_INFINITY): readonly Movement[] => {
  const moves: Movement[] = []
  for (const charge of charges) {
    if (moves.length >= most) break
    const { id: sessionId, place, transactions, createdAt, endedAt = createdAt } = charge
    const end = transactions.settle ?? transactions.cancel
    if (end !== undefined && charge.returnedMicro !== undefined && charge.returnedMicro > 0n)
      moves.push({ at: endedAt, kind: 'refund', amountMicro: charge.returnedMicro, sessionId, place, transaction: end })
    if (transactions.settle !== undefined && charge.paidMicro !== undefined)
      moves.push({
        at: endedAt,
        kind: 'charge',
        amountMicro: charge.paidMicro,
        sessionId,
        place,
        transaction: transactions.settle,
      })
    if (transactions.open !== undefined)
      moves.push({
        at: createdAt,
        kind: 'deposit',
        amountMicro: charge.limitMicro,
        sessionId,
        place,
        transaction: transactions.open,
      })
  }
  return moves.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)).slice(0, most)
}
