// The contracts' share of `npm test`: committed artifacts are what src/ makes, the tests, the gas bars, and a sample of mutants.
//   node tools/test.ts          under three minutes on two cores
//   node tools/test.ts --long   longer fuzzing and walks, and every mutant
import { outdated } from './build.ts'
import { forge, forgePath } from './forge.ts'
import { runNode } from './run-node.ts'

const long = process.argv.includes('--long')

const artifacts = (): boolean => {
  const files = outdated()
  for (const { path } of files) console.log(`${path} is not what src/ compiles to. Run "npm run build" in contracts.`)
  console.log(`artifacts: ${files.length === 0 ? 1 : 0} passed, ${files.length === 0 ? 0 : 1} failed`)
  return files.length === 0
}

const main = async (): Promise<number> => {
  const fresh = artifacts()
  const path = forgePath()
  if (path === undefined) {
    console.log('forge: 0 passed, 0 failed, 1 skipped')
    console.log(`skipped: there is no forge for ${process.platform} ${process.arch}; set FORGE_PATH to one of your own.`)
    return fresh ? 0 : 1
  }
  const env = long ? { FOUNDRY_PROFILE: 'long' } : {}
  const tests = await forge(path, ['test', '--no-match-path', 'test/gas/**'], { env, show: true })
  const gas = await runNode('tools/gas.ts', ['--check'])
  const mutants = await runNode('tools/mutate.ts', long ? ['--long'] : [])
  return fresh && tests.code === 0 && gas === 0 && mutants === 0 ? 0 : 1
}

process.exitCode = await main()
