import { forgePath } from '../../contracts/tools/forge.ts'
import { runNode } from '../../contracts/tools/run-node.ts'
import { forgeTests } from '../../contracts/tools/suite/parts.ts'
import { atLeast, EquipmentMissing, equals, type Figures, type Proof, told } from './figures.ts'

/** Killed and counted of a line `all  97 of 100 killed (97.0 %)`. */
const scoreOf = (output: string, kind: string): readonly [number, number] => {
  const found = new RegExp(`^${kind}\\s+(\\d+) of (\\d+) killed`, 'm').exec(output)
  return [Number(found?.[1] ?? 0), Number(found?.[2] ?? 0)]
}
const percent = ([killed, counted]: readonly [number, number]): number =>
  counted === 0 ? 0 : Math.round((1000 * killed) / counted) / 10

const wholeMutation = async (): Promise<Figures> => {
  const { output } = await runNode('tools/mutate.ts', ['--long'])
  const all = scoreOf(output, 'all')
  return {
    mutantsCounted: told(all[1]),
    guardMutantsKilledPercent: equals(percent(scoreOf(output, 'guard')), 100),
    allMutantsKilledPercent: atLeast(percent(all), 95),
  }
}

const sampledMutation = async (): Promise<Figures> => {
  const { output } = await runNode('tools/mutate.ts', ['--count', '3'])
  const ended = /^(\d+) passed, (\d+) failed/m.exec(output)
  return {
    mutantsSampled: atLeast(Number(ended?.[1] ?? 0) + Number(ended?.[2] ?? 0), 3),
    mutantsSurviving: equals(Number(ended?.[2] ?? 3), 0),
  }
}

const coverage = async (): Promise<Figures> => {
  const { output } = await runNode('tools/coverage.ts', [])
  const found = /^lines (\d+) of (\d+), branches (\d+) of (\d+)/m.exec(output)?.slice(1).map(Number) ?? [0, 1, 0, 1]
  const share = (reached: number, all: number) => Math.round((1000 * reached) / all) / 10
  return {
    linesReachedPercent: equals(share(found[0]!, found[1]!), 100),
    branchesReachedPercent: equals(share(found[2]!, found[3]!), 100),
  }
}

const breaks = async (): Promise<Figures> => {
  const { output } = await runNode('tools/break.ts', [])
  return { invariantsAbleToFail: equals(Number(/^(\d+) passed/m.exec(output)?.[1] ?? 0), 11) }
}

/** The contracts' tests and invariants, and whether a test notices when the contracts are changed or broken. */
const contracts: Proof = async ({ long, report }) => {
  const path = forgePath()
  if (path === undefined) throw new EquipmentMissing('there is no forge for this system')
  const profile = long ? 'long' : 'default'
  report('unit and fuzz tests')
  const unit = await forgeTests(path, profile, ['--no-match-path', 'test/{invariants,gas}/**'])()
  if (unit.failed > 0) report(unit.output)
  report('invariants')
  const invariants = await forgeTests(path, profile, [
    '--match-path',
    'test/invariants/**',
    '--match-test',
    'invariant_',
  ])()
  if (invariants.failed > 0) report(invariants.output)
  report(long ? 'every mutant of the contracts' : 'a sample of mutants')
  const mutation = long ? await wholeMutation() : await sampledMutation()
  if (long) report('coverage, and each invariant against broken contracts')
  return {
    tests: atLeast(unit.passed, 370),
    testsFailed: equals(unit.failed, 0),
    invariants: equals(invariants.passed, 12),
    invariantsFailed: equals(invariants.failed, 0),
    ...mutation,
    ...(long ? { ...(await coverage()), ...(await breaks()) } : {}),
  }
}

export default contracts
