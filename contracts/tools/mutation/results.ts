import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { root, type Sources, sha256 } from '../compile.ts'
import type { Verdict } from './judge.ts'
import type { Judged } from './score.ts'
import { percent, score } from './score.ts'

const folder = new URL('../.werenode/mutation/', root)

/** One line per mutant judged; a run that was interrupted goes on from it. */
export interface Journal {
  /** What an earlier run found, if neither the contracts nor, for a survivor without a reason, the tests have changed since. */
  known(id: string): Verdict | undefined
  note(id: string, verdict: Verdict): void
}

export const openJournal = (sources: Sources, reasons: Readonly<Record<string, string>>): Journal => {
  mkdirSync(folder, { recursive: true })
  const file = new URL(`${hashOf(sources).slice(0, 16)}.jsonl`, folder)
  const tests = testsHash()
  const known = new Map<string, Verdict>()
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []
  for (const line of lines) {
    const [id, verdict, judgedBy] = JSON.parse(line) as [string, Verdict, string]
    if (verdict !== 'survived' || judgedBy === tests || reasons[id] !== undefined) known.set(id, verdict)
    else known.delete(id)
  }
  return {
    known: (id) => known.get(id),
    note: (id, verdict) => appendFileSync(file, `${JSON.stringify([id, verdict, tests])}\n`),
  }
}

/** The whole run's result, for `proof contracts` and for people. */
export const writeResult = (sources: Sources, judged: readonly Judged[]): URL => {
  const file = new URL('result.json', folder)
  const guards = judged.filter(({ mutant }) => mutant.kind === 'guard')
  const survivors = judged.filter(({ verdict }) => verdict === 'survived')
  const result = {
    sources: hashOf(sources),
    tests: testsHash(),
    mutants: judged.length,
    guards: { ...score(guards), percent: percent(score(guards)) },
    all: { ...score(judged), percent: percent(score(judged)) },
    survivors: survivors.map(({ mutant: { id, kind, line }, reason }) => ({ id, kind, line, reason })),
  }
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`)
  return file
}

const hashOf = (sources: Sources): string => sha256(JSON.stringify(sources))

const testsHash = (): string => {
  const names = readdirSync(new URL('test/', root), { recursive: true, encoding: 'utf8' }).sort()
  const files = names.filter((name) => name.endsWith('.sol') && !name.startsWith('gas'))
  return sha256(files.map((name) => readFileSync(new URL(`test/${name}`, root), 'utf8')).join('\n')).slice(0, 16)
}
