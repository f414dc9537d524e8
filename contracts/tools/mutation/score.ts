import type { Verdict } from './judge.ts'
import type { Mutant } from './mutant.ts'

export interface Judged {
  readonly mutant: Mutant
  readonly verdict: Verdict
  /** Why a survivor changes nothing that can be observed. */
  readonly reason?: string
}

export interface Score {
  readonly killed: number
  readonly counted: number
}

/** Killed of those that are mutants at all: neither stillborn, nor the same code, nor equivalent for a written reason. */
export const score = (judged: readonly Judged[]): Score => {
  const counted = judged.filter(
    ({ verdict, reason }) => verdict === 'killed' || (verdict === 'survived' && reason === undefined),
  )
  return { killed: counted.filter(({ verdict }) => verdict === 'killed').length, counted: counted.length }
}

export const percent = ({ killed, counted }: Score): number => (counted === 0 ? 100 : (100 * killed) / counted)

/** Bars: every guard, and 95 % of all. */
export const meetsBars = (judged: readonly Judged[]): boolean =>
  percent(score(judged.filter(({ mutant }) => mutant.kind === 'guard'))) === 100 && percent(score(judged)) >= 95

export const scoreLines = (judged: readonly Judged[]): readonly string[] => {
  const kinds = [...new Set(judged.map(({ mutant }) => mutant.kind))].sort()
  const line = (name: string, part: readonly Judged[]): string => {
    const { killed, counted } = score(part)
    const equivalent = part.filter(({ verdict, reason }) => verdict === 'survived' && reason !== undefined).length
    const tail = equivalent > 0 ? `, ${equivalent} equivalent for a written reason` : ''
    return `${name.padEnd(11)} ${killed} of ${counted} killed (${percent({ killed, counted }).toFixed(1)} %)${tail}`
  }
  return [
    ...kinds.map((kind) =>
      line(
        kind,
        judged.filter(({ mutant }) => mutant.kind === kind),
      ),
    ),
    line('all', judged),
  ]
}
