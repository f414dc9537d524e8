import type { Hex, RoamingStatementView, StatementLine, WireStatement } from '@werenode/core'
import type { OperatorOnChain, Proposal } from './proposal.ts'

/** A signature may be paid on for so long; a statement unpaid by then is signed anew. */
const payWithinS = 7 * 86_400
/** A longer deadline than this is not signed. */
const longestDeadlineS = 31 * 86_400

const words: Readonly<Record<Exclude<StatementLine['state'], 'agreed' | 'own'>, string>> = {
  contested: 'is contested',
  differs: 'is held with different amounts',
  'missing-here': 'is not held by the side that looked',
  'missing-there': 'is not held by the other side',
}

/** Every line that is open, in a sentence; nothing when the period can be closed. */
export const openReasons = (view: RoamingStatementView): readonly string[] =>
  view.lines.flatMap((line) => {
    if (line.state === 'agreed' || line.state === 'own') return []
    const whose = line.issuer === 'us' ? 'ours' : 'theirs'
    const amounts = [line.amountMicro, ...(line.theirAmountMicro === undefined ? [] : [line.theirAmountMicro])]
    const why = line.findings.length === 0 ? '' : `: ${line.findings.join(' ')}`
    return [`CDR ${line.cdrId} (${whose}, ${amounts.join(' or ')} micro-euro) ${words[line.state]}${why}`.slice(0, 500)]
  })

const absolute = (value: bigint): bigint => (value < 0n ? -value : value)
const seconds = (iso: string): number => Math.floor(Date.parse(iso) / 1000)

/** What the net of a period is on chain; undefined when nobody owes anything. `last`: the last statement paid that way. */
export const statementOf = (
  view: RoamingStatementView,
  us: OperatorOnChain,
  them: OperatorOnChain,
  last: { readonly number: number },
  now: Date,
): WireStatement | undefined => {
  const net = BigInt(view.netMicro)
  if (net === 0n || view.root === undefined) return undefined
  const [payer, payee] = net > 0n ? [them, us] : [us, them]
  return {
    payerId: payer.operator_id as Hex,
    payeeId: payee.operator_id as Hex,
    token: us.token as Hex,
    number: last.number + 1,
    periodStart: seconds(view.from),
    periodEnd: seconds(view.to),
    totalMicro: absolute(net).toString(),
    root: view.root,
    deadline: Math.floor(now.getTime() / 1000) + payWithinS,
  }
}

/** Why two nodes cannot pay each other on chain; undefined when both are on one chain with one escrow and asset. */
export const otherChain = (us: OperatorOnChain, them: OperatorOnChain): string | undefined => {
  const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()
  if (us.chain_id !== them.chain_id) return `Their chain is ${them.chain_id}, ours ${us.chain_id}`
  if (!same(us.escrow, them.escrow)) return `Their escrow is ${them.escrow}, ours ${us.escrow}`
  if (!same(us.token, them.token)) return `Their asset is ${them.token}, ours ${us.token}`
  return undefined
}

/** Where what a partner proposes is not what our own books make of the period. */
export const disagreements = (
  given: Proposal,
  view: RoamingStatementView,
  ours: WireStatement | undefined,
  now: Date,
): readonly string[] => {
  const reasons: string[] = []
  const differ = (what: string, theirs: unknown, mine: unknown): void => {
    if (String(theirs).toLowerCase() !== String(mine).toLowerCase())
      reasons.push(`Their ${what} is ${String(theirs)}, ours ${String(mine)}`)
  }
  differ('Merkle root', given.root ?? 'absent', view.root ?? 'absent')
  const { statement } = given
  if (statement === undefined || ours === undefined) {
    if (statement !== undefined || ours !== undefined) differ('sum', statement?.total ?? '0', ours?.totalMicro ?? '0')
    return reasons
  }
  differ('sum', statement.total, ours.totalMicro)
  differ('payer', statement.payer_id, ours.payerId)
  differ('payee', statement.payee_id, ours.payeeId)
  differ('number', statement.number, ours.number)
  differ('beginning', statement.period_start, ours.periodStart)
  differ('end', statement.period_end, ours.periodEnd)
  const leftS = statement.deadline - now.getTime() / 1000
  if (leftS <= 0 || leftS > longestDeadlineS) reasons.push('Its deadline is past, or more than 31 days away')
  return reasons
}
