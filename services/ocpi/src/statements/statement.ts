import { merkleRoot } from '@werenode/chain'
import type { Hex, RoamingStatementView, StatementLine } from '@werenode/core'
import { keccak256, stringToHex } from 'viem'

/** One CDR as one side holds it. `issuer` is the CPO's party, `FR*WRN`. */
export interface HeldCdr {
  readonly issuer: string
  readonly cdrId: string
  readonly endedAt: string
  readonly energyWh: number
  readonly amountMicro: string
  /** What does not add up in it for the side that pays. */
  readonly findings: readonly string[]
  /** A credit: the CDR of the same issuer that it takes back. */
  readonly credits?: string
}

/** Ids are compared without case; the amount is part of what is agreed. */
export const lineLeaf = ({ issuer, cdrId, amountMicro }: Pick<HeldCdr, 'issuer' | 'cdrId' | 'amountMicro'>): Hex =>
  keccak256(keccak256(stringToHex(`${issuer}|${cdrId}|${amountMicro}`.toUpperCase())))

export const keyOf = ({ issuer, cdrId }: Pick<HeldCdr, 'issuer' | 'cdrId'>): string =>
  `${issuer}|${cdrId}`.toUpperCase()

/**
 * Lays both sides' CDRs of a period beside each other. What counts is what both hold with the same amount and nobody contests; all else is
 * shown and stays open, to be credited, sent again or agreed for the next period. Without the other side ours alone counts.
 */
export const reconcile = (given: {
  partnerId: string
  from: string
  to: string
  /** Our party; every other issuer is the partner's. */
  us: string
  ours: readonly HeldCdr[]
  theirs: readonly HeldCdr[] | undefined
}): RoamingStatementView => {
  const { ours, theirs, us } = given
  const here = new Map(ours.map((cdr) => [keyOf(cdr), cdr]))
  const there = new Map(theirs?.map((cdr) => [keyOf(cdr), cdr]))
  const laid = [...new Set([...here.keys(), ...there.keys()])].sort().map((key) => {
    const mine = here.get(key)
    const other = there.get(key)
    const one = (mine ?? other)!
    const line: StatementLine = {
      issuer: one.issuer.toUpperCase() === us.toUpperCase() ? 'us' : 'them',
      cdrId: one.cdrId,
      endedAt: one.endedAt,
      energyWh: one.energyWh,
      amountMicro: one.amountMicro,
      state: stateOf(mine, other, theirs !== undefined),
      ...(mine !== undefined && other !== undefined && mine.amountMicro !== other.amountMicro
        ? { theirAmountMicro: other.amountMicro }
        : {}),
      findings: [...new Set([...(mine?.findings ?? []), ...(other?.findings ?? [])])],
    }
    return { key, mine, other, one, line }
  })
  const takenBack = creditedWhole(laid)
  const pairs = laid.map((pair) =>
    takenBack.has(pair.key) ? { ...pair, line: { ...pair.line, state: 'agreed' as const } } : pair,
  )
  const counted = pairs.filter(({ line }) => line.state === 'agreed' || line.state === 'own')
  const sum = (issuer: StatementLine['issuer']): bigint =>
    counted.reduce((total, { line }) => total + (line.issuer === issuer ? BigInt(line.amountMicro) : 0n), 0n)
  const open = pairs.reduce(
    (total, { line }) => total + (counted.some((one) => one.line === line) ? 0n : absolute(BigInt(line.amountMicro))),
    0n,
  )
  const [weBilled, theyBilled] = [sum('us'), sum('them')]
  return {
    partnerId: given.partnerId,
    from: given.from,
    to: given.to,
    compared: theirs !== undefined,
    weBilledMicro: weBilled.toString(),
    theyBilledMicro: theyBilled.toString(),
    netMicro: (weBilled - theyBilled).toString(),
    openMicro: open.toString(),
    ...(counted.length === 0 ? {} : { root: merkleRoot(counted.map(({ one }) => lineLeaf(one))) }),
    lines: pairs.map(({ line }) => line),
  }
}

interface Pair {
  readonly key: string
  readonly mine: HeldCdr | undefined
  readonly other: HeldCdr | undefined
}

/** A CDR and the credit that takes all of it back, both held by both with one amount: nothing is left to contest. */
const creditedWhole = (pairs: readonly Pair[]): ReadonlySet<string> => {
  const byKey = new Map(pairs.map((pair) => [pair.key, pair]))
  const same = ({ mine, other }: Pair): boolean => mine !== undefined && mine.amountMicro === other?.amountMicro
  const keys = new Set<string>()
  for (const credit of pairs) {
    const { mine, other } = credit
    if (mine?.credits === undefined || mine.credits.toUpperCase() !== other?.credits?.toUpperCase()) continue
    const back = byKey.get(keyOf({ issuer: mine.issuer, cdrId: mine.credits }))
    if (back === undefined || !same(credit) || !same(back)) continue
    if (BigInt(mine.amountMicro) + BigInt(back.mine!.amountMicro) !== 0n) continue
    keys.add(credit.key).add(back.key)
  }
  return keys
}

const stateOf = (mine: HeldCdr | undefined, other: HeldCdr | undefined, compared: boolean): StatementLine['state'] => {
  if ((mine?.findings.length ?? 0) + (other?.findings.length ?? 0) > 0) return 'contested'
  if (!compared) return 'own'
  if (mine === undefined) return 'missing-here'
  if (other === undefined) return 'missing-there'
  return mine.amountMicro === other.amountMicro ? 'agreed' : 'differs'
}

const absolute = (value: bigint): bigint => (value < 0n ? -value : value)
