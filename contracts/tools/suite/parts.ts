import { forge } from '../forge.ts'
import { runNode } from '../run-node.ts'

export interface PartResult {
  readonly passed: number
  readonly failed: number
  /** Shown when something failed. */
  readonly output: string
}
export type Part = () => Promise<PartResult>

/** One pass or one failure for a program that only tells by its exit code. */
const asOne = ({ code, output }: { readonly code: number; readonly output: string }): PartResult => ({
  passed: code === 0 ? 1 : 0,
  failed: code === 0 ? 0 : 1,
  output,
})

/** Counts from a closing line `12 passed, 0 failed`; a program that ends badly without one counts as one failure. */
const asCounted = ({ code, output }: { readonly code: number; readonly output: string }): PartResult => {
  const counts = [...output.matchAll(/^(\d+) passed, (\d+) failed/gm)].at(-1)
  const [passed, failed] = [Number(counts?.[1] ?? 0), Number(counts?.[2] ?? 0)]
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, output }
}

export const lint = {
  solhint: async () => asOne(await runNode('node_modules/solhint/solhint.js', ['--max-warnings', '0', 'src/**/*.sol'])),
  /** Its artifacts have no code in them: it gets folders of its own. Findings go to stderr without an exit code. */
  forge:
    (path: string): Part =>
    async () => {
      const env = { FOUNDRY_OUT: 'cache/lint-out', FOUNDRY_CACHE_PATH: 'cache/lint' }
      const { code, output } = await forge(path, ['lint', 'src', 'test'], { env })
      return asOne({ code: /^(warning|error|note)\[/m.test(output) ? 1 : code, output })
    },
}

/** Counts the tests forge ran; `profile` is one of foundry.toml's. */
export const forgeTests =
  (path: string, profile: string, filter: readonly string[]): Part =>
  async () => {
    const { code, output } = await forge(path, ['test', ...filter], { env: { FOUNDRY_PROFILE: profile } })
    const ran = /^Ran \d+ test suites? .*?: (\d+) tests? passed, (\d+) failed/m.exec(output)
    const [passed, failed] = [Number(ran?.[1] ?? 0), Number(ran?.[2] ?? 0)]
    return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, output }
  }

export const gas: Part = async () => asCounted(await runNode('tools/gas.ts', ['--check']))

export const breaks: Part = async () => asCounted(await runNode('tools/break.ts', []))
