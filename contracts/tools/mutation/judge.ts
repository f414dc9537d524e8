import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deployed } from '../artifact.ts'
import { CompileError, type Sources } from '../compile.ts'
import { forge } from '../forge.ts'
import { type Codes, finalCodes, layOut, quickCodes } from './code.ts'
import { invariantTests, nearTests, unitTests } from './dependants.ts'
import { apply, type Mutant } from './mutant.ts'

/**
 * `killed`: a test failed. `survived`: none did. `same`: the optimizer makes the same code of it. `stillborn`: it does not compile.
 */
export type Verdict = 'killed' | 'survived' | 'same' | 'stillborn'

export interface Bench {
  readonly forgePath: string
  readonly sources: Sources
  readonly dependants: ReadonlyMap<string, readonly string[]>
}

/** Builds the mutant and lets the tests at it, the nearest first. */
export const judge = async (bench: Bench, mutant: Mutant): Promise<Verdict> => {
  const changed = { ...bench.sources, [mutant.file]: apply(bench.sources[mutant.file]!, mutant) }
  const names = bench.dependants.get(mutant.file) ?? []
  const codes = codesOf(() => quickCodes(changed, names))
  if (codes === undefined) return 'stillborn'
  const stages = [...new Set([nearTests(mutant), unitTests, invariantTests])]
  if (await someFails(bench.forgePath, codes, stages)) return 'killed'
  // Survivors once more as they would be deployed: what depends on gas shows only there.
  const optimized = codesOf(() => finalCodes(changed, names))
  if (optimized === undefined) return 'stillborn'
  const normal = finalCodes(bench.sources, names)
  if (names.every((name) => optimized.get(name) === normal.get(name))) return 'same'
  return (await someFails(bench.forgePath, optimized, [unitTests])) ? 'killed' : 'survived'
}

/** Throws unless the tests pass on the unchanged contracts, built as mutants are: else every mutant would seem killed. */
export const requireSound = async (bench: Pick<Bench, 'forgePath' | 'sources'>, long: boolean): Promise<void> => {
  const codes = new Map(deployed.flatMap((name) => [...quickCodes(bench.sources, [name])]))
  if (await someFails(bench.forgePath, codes, long ? [unitTests, invariantTests] : [unitTests]))
    throw new Error('The tests fail on the contracts as they are; run "npm test" in contracts first.')
}

const codesOf = (make: () => Codes): Codes | undefined => {
  try {
    return make()
  } catch (error) {
    if (error instanceof CompileError) return undefined
    throw error
  }
}

const someFails = async (forgePath: string, codes: Codes, stages: readonly string[]): Promise<boolean> => {
  const folder = mkdtempSync(join(tmpdir(), 'werenode-mutant-'))
  try {
    layOut(folder, codes)
    for (const tests of stages) {
      // Compiled for speed, the escrow is larger than a chain would take.
      const args = ['test', '--match-path', tests, '--no-match-test', 'FitsEip170', '--fail-fast']
      const { code, output, timedOut } = await forge(forgePath, args, {
        env: { WERENODE_MUTANT: folder },
        timeoutMs: 180_000,
      })
      // What never ends is noticed, too.
      if (timedOut) return true
      if (code !== 0 && !output.includes('[FAIL')) throw new Error(`forge ended with ${code}:\n${output.slice(-2000)}`)
      if (code !== 0) return true
    }
    return false
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
