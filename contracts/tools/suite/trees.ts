import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { root } from '../compile.ts'

interface AbiItem {
  readonly type: string
  readonly name?: string
  readonly stateMutability?: string
}

/** Written for tests alone; apart from `mint` all of it is OpenZeppelin's. */
const stranger = 'TestEuro.json'

/**
 * What is wrong with the trees (when / given / it should): a function that changes state and stands in none, or a tree without its
 * tests beside it. Views are tested by what they tell of those functions.
 */
export const treeFaults = (): readonly string[] => {
  const tests = new URL('test/', root)
  const names = readdirSync(tests, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tree'))
  const alone = names.filter((name) => !existsSync(new URL(name.replace(/\.tree$/, '.t.sol'), tests)))
  const told = names.map((name) => readFileSync(new URL(name, tests), 'utf8')).join('\n')
  const artifacts = new URL('artifacts/', root)
  const untold = readdirSync(artifacts)
    .filter((file) => file.endsWith('.json') && file !== stranger)
    .flatMap((file) => {
      const { abi } = JSON.parse(readFileSync(new URL(file, artifacts), 'utf8')) as { abi: readonly AbiItem[] }
      return abi
        .filter(({ type, stateMutability }) => type === 'function' && !/^(view|pure)$/.test(stateMutability ?? ''))
        .filter(({ name }) => !new RegExp(`\\b${name}\\b`).test(told))
        .map(({ name }) => `${file.replace('.json', '')}.${name}`)
    })
  return [
    ...alone.map((name) => `test/${name} has no tests beside it`),
    ...[...new Set(untold)].map((name) => `${name} stands in no .tree file`),
  ]
}
