// Changes the contracts in every small way that could matter and looks whether a test notices.
//   node tools/mutate.ts                       a sample of mutants, another one each day
//   node tools/mutate.ts --seed S --count N    the sample of that seed, N mutants
//   node tools/mutate.ts --long                all of them; goes on where an interrupted run stopped, and writes docs/contracts/mutation.md
//   node tools/mutate.ts --only TEXT           those whose id contains TEXT
// Verdicts are kept in .werenode/mutation. A mutant that changes nothing observable is listed with its reason in
// tools/mutation/equivalents.json.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { compile, readSources, root, sha256 } from './compile.ts'
import { forgePath } from './forge.ts'
import { quickOptimizer } from './mutation/code.ts'
import { dependants } from './mutation/dependants.ts'
import equivalents from './mutation/equivalents.json' with { type: 'json' }
import { findMutants } from './mutation/find.ts'
import { type Bench, judge, requireSound } from './mutation/judge.ts'
import { describe, type Mutant } from './mutation/mutant.ts'
import { mutationPage } from './mutation/page.ts'
import { type Journal, openJournal, writeResult } from './mutation/results.ts'
import { type Judged, meetsBars, scoreLines } from './mutation/score.ts'

const { values: options } = parseArgs({
  options: {
    long: { type: 'boolean', default: false },
    only: { type: 'string' },
    seed: { type: 'string', default: new Date().toISOString().slice(0, 10) },
    count: { type: 'string', default: '10' },
  },
})
const reasons: Readonly<Record<string, string>> = equivalents

const main = async (): Promise<number> => {
  const path = forgePath()
  if (path === undefined) {
    console.log('skipped: there is no forge for this system; the mutation check needs it.')
    return 0
  }
  const sources = readSources()
  const compilation = compile(sources, { optimizer: quickOptimizer, outputs: [] })
  const all = findMutants(sources, compilation)
  const gone = Object.keys(reasons).filter((id) => !all.some((mutant) => mutant.id === id))
  for (const id of gone) console.log(`equivalents.json names a mutant that is no more: ${id}`)
  const chosen = options.long ? all : options.only === undefined ? sample(all) : matching(all, options.only)
  console.log(`${all.length} mutants of ${Object.keys(sources).length} files; judging ${chosen.length}.`)
  const bench: Bench = { forgePath: path, sources, dependants: dependants(sources, compilation) }
  await requireSound(bench, options.long)
  const judged = await judgeAll(bench, chosen, openJournal(sources, reasons))
  for (const line of scoreLines(judged)) console.log(line)
  const survivors = judged.filter(({ verdict, reason }) => verdict === 'survived' && reason === undefined)
  if (options.long) {
    writeResult(sources, judged)
    writeFileSync(new URL('../docs/contracts/mutation.md', root), mutationPage(judged))
  }
  console.log(`${judged.length - survivors.length} passed, ${survivors.length} failed`)
  return (options.long ? meetsBars(judged) : survivors.length === 0) && gone.length === 0 ? 0 : 1
}

/** Judges one after the other; a survivor is told at once. In a sample nothing is taken from the journal. */
const judgeAll = async (bench: Bench, mutants: readonly Mutant[], journal: Journal): Promise<readonly Judged[]> => {
  const judged: Judged[] = []
  const startedAt = performance.now()
  for (const mutant of mutants) {
    const known = options.long ? journal.known(mutant.id) : undefined
    const verdict = known ?? (await judge(bench, mutant))
    if (known === undefined) journal.note(mutant.id, verdict)
    const reason = reasons[mutant.id]
    judged.push({ mutant, verdict, ...(reason === undefined ? {} : { reason }) })
    if (verdict === 'survived' && reason === undefined) console.log(`survived (${mutant.kind}): ${describe(mutant)}`)
    const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1)
    if (judged.length % 25 === 0) console.log(`${judged.length} of ${mutants.length} judged, ${minutes} min`)
  }
  return judged
}

const matching = (all: readonly Mutant[], text: string): readonly Mutant[] => all.filter(({ id }) => id.includes(text))

/** Spread over all files; the same for the same seed. */
const sample = (all: readonly Mutant[]): readonly Mutant[] =>
  [...all]
    .map((mutant) => ({ mutant, rank: sha256(options.seed + mutant.id) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, Number(options.count))
    .map(({ mutant }) => mutant)

process.exitCode = await main()
