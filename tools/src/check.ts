import { boundaries } from './checks/boundaries.ts'
import type { Check } from './checks/check.ts'
import { drift } from './checks/drift.ts'
import { locks } from './checks/locks.ts'
import { manifests } from './checks/manifests.ts'
import { style } from './checks/style.ts'
import { types } from './checks/types.ts'
import { words } from './checks/words.ts'
import { bold, indented, print, resultLine } from './lines.ts'
import { inParallel } from './run.ts'

const checks: readonly Check[] = [types, boundaries, style, drift, words, locks, manifests]

/** `npm run check`: everything that can be said of the tree without running it. Resolves with the number of checks that fail. */
export const check = async (): Promise<number> => {
  print(bold('check'))
  const outcomes = await inParallel(
    3,
    checks.map(({ name, run }) => async () => {
      const startedAt = performance.now()
      const { findings, looked } = await run().catch((error: unknown) => ({
        findings: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
        looked: '',
      }))
      const ok = findings.length === 0
      resultLine(ok ? 'ok' : 'failed', name, performance.now() - startedAt, ok ? looked : `${findings.length} found`)
      if (!ok) print(indented(findings.join('\n'), 60))
      return ok
    }),
  )
  return outcomes.filter((ok) => !ok).length
}

if (import.meta.main) {
  const failed = await check()
  if (failed > 0) print(`\n${failed} of ${checks.length} checks fail. \`npm run fix\` mends formatting by itself.`)
  process.exitCode = failed === 0 ? 0 : 1
}
