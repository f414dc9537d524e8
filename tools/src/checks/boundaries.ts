import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
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
    // Longer than what is kept of a command's words.
    const folder = mkdtempSync(join(tmpdir(), 'werenode-boundaries-'))
    const file = join(folder, 'cruise.json')
    const { code, output } = await run(
      process.execPath,
      [
        join(root, 'tools/node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
        '--config',
        'tools/boundaries.config.mjs',
        '--output-type',
        'json',
        '--output-to',
        file,
        'packages',
        'services',
        'apps/cli',
        'apps/simulator',
        'proof',
      ],
      { cwd: root },
    )
    const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
    rmSync(folder, { recursive: true, force: true })
    if (text === '') return { findings: [output.trim() || `dependency-cruiser ended with ${code}`], looked: '' }
    const { summary } = JSON.parse(text) as CruiseResult
    return {
      findings: summary.violations.map(
        ({ from, to, rule, cycle }) =>
          `${from} may not know ${cycle ? cycle.map(({ name }) => name).join(' -> ') : to} (${rule.name})`,
      ),
      looked: `${summary.totalCruised} modules`,
    }
  },
}
