// Everything that proves the contracts; `npm test` runs it.
//   node tools/test.ts          artifacts, lint, unit and fuzz tests, short walks of the invariants, gas against its bars
//   node tools/test.ts --long   the same with 4,096 fuzz runs and invariant walks of 256 x 256 moves, and whether the invariants can fail
import { outdated } from './build.ts'
import { outdatedPages } from './docs.ts'
import { forgePath } from './forge.ts'
import { breaks, forgeTests, gas, lint, type Part, type PartResult } from './suite/parts.ts'
import { treeFaults } from './suite/trees.ts'

const long = process.argv.includes('--long')

const artifacts: Part = async () => {
  const files = outdated()
  const words = files.map(({ path }) => `${path} is not what src/ compiles to. Run "npm run build" in contracts.`)
  return { passed: files.length === 0 ? 1 : 0, failed: files.length, output: words.join('\n') }
}

const pages: Part = async () => {
  const names = outdatedPages()
  const words = names.map(
    (name) => `docs/contracts/operations/${name} is not what the sources say. Run "node tools/docs.ts" in contracts.`,
  )
  return { passed: names.length === 0 ? 1 : 0, failed: names.length, output: words.join('\n') }
}

const trees: Part = async () => {
  const faults = treeFaults()
  return { passed: faults.length === 0 ? 1 : 0, failed: faults.length, output: faults.join('\n') }
}

const run = async (name: string, part: Part): Promise<PartResult> => {
  const startedAt = performance.now()
  const result = await part()
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
  if (result.failed > 0) console.log(result.output.replaceAll(/^/gm, '    '))
  console.log(`  ${name.padEnd(22)} ${result.passed} passed, ${result.failed} failed  (${seconds} s)`)
  return result
}

const main = async (): Promise<number> => {
  const results = [
    await run('artifacts', artifacts),
    await run('operation pages', pages),
    await run('trees', trees),
    await run('solhint', lint.solhint),
  ]
  const path = forgePath()
  let skipped = 0
  if (path === undefined) {
    skipped = 1
    console.log(
      `skipped: there is no forge for ${process.platform}-${process.arch}; set FORGE_PATH to one of version 1.7.`,
    )
  } else {
    const profile = long ? 'long' : 'default'
    results.push(
      await run('forge lint', lint.forge(path)),
      await run('unit and fuzz tests', forgeTests(path, profile, ['--no-match-path', 'test/{invariants,gas}/**'])),
      await run('invariants', forgeTests(path, profile, ['--match-path', 'test/invariants/**'])),
      await run('gas', gas),
    )
    if (long) results.push(await run('invariants can fail', breaks))
  }
  const count = (what: 'passed' | 'failed') => results.reduce((sum, result) => sum + result[what], 0)
  console.log(`${count('passed')} passed, ${count('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
  return count('failed') === 0 ? 0 : 1
}

process.exitCode = await main()
