import { join } from 'node:path'
import { root } from '../repository.ts'
import { run } from '../run.ts'
import type { Check } from './check.ts'

interface CruiseResult {
  readonly summary: {
    readonly violations: readonly {
      readonly from: string
      readonly to: string
      readonly rule: { readonly name: string; readonly severity: string }
      readonly cycle?: readonly { readonly name: string }[]
    }[]
    readonly totalCruised: number
    readonly totalDependenciesCruised?: number
  }
}

/** Who may know whom, by the rules of tools/boundaries.config.mjs. */
export const boundaries: Check = {
  name: 'boundaries',
  run: async () => {
    const { code, output } = await run(
      process.execPath,
      [
        join(root, 'tools/node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
        '--config',
        'tools/boundaries.config.mjs',
        '--output-type',
        'json',
        'packages',
        'services',
        'apps/cli',
        'apps/simulator',
        'proof',
      ],
      { cwd: root },
    )
    const from = output.indexOf('{')
    if (from < 0) return { findings: [output.trim() || `dependency-cruiser ended with ${code}`], looked: '' }
    const { summary } = JSON.parse(output.slice(from, output.lastIndexOf('}') + 1)) as CruiseResult
    return {
      findings: summary.violations.map(
        ({ from, to, rule, cycle }) =>
          `${from} may not know ${cycle ? cycle.map(({ name }) => name).join(' -> ') : to} (${rule.name})`,
      ),
      looked: `${summary.totalCruised} modules`,
    }
  },
}
