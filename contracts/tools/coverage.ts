// Measures which lines and branches of src/ the unit and fuzz tests reach, prints them, and writes docs/contracts/coverage.md.
// forge measures without the optimizer, which OpenZeppelin's P256 does not compile without: a copy of the tree is measured in which
// reach/P256.sol stands in for it, on the curve's precompile.
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { root } from './compile.ts'
import { forge, forgePath } from './forge.ts'
import { coveragePage, readLcov, totals } from './reach/page.ts'

const house = new URL('cache/coverage/', root)
const tree = new URL('contracts/', house)

const layTree = (): void => {
  rmSync(house, { recursive: true, force: true })
  mkdirSync(tree, { recursive: true })
  for (const name of ['src', 'test', 'artifacts', 'foundry.toml'])
    cpSync(new URL(name, root), new URL(name, tree), { recursive: true })
  const library = 'node_modules/@openzeppelin/contracts/'
  cpSync(new URL(library, root), new URL(library, tree), { recursive: true, dereference: true })
  copyFileSync(new URL('tools/reach/P256.sol', root), new URL(`${library}utils/cryptography/P256.sol`, tree))
  symlinkSync(fileURLToPath(new URL('tools', root)), new URL('tools', tree))
  symlinkSync(fileURLToPath(new URL('../packages', root)), new URL('packages', house))
}

const main = async (): Promise<number> => {
  const path = forgePath()
  if (path === undefined) {
    console.log('skipped: there is no forge for this system; coverage is measured with it.')
    return 0
  }
  layTree()
  const args = [
    'coverage',
    '--report',
    'lcov',
    '--report-file',
    'lcov.info',
    '--no-match-path',
    'test/{gas,invariants}/**',
  ]
  const { code, output } = await forge(path, [...args, '--no-match-test', 'FitsEip170'], {
    cwd: tree,
    env: { WERENODE_CODE: 'forge', FOUNDRY_EVM_VERSION: 'osaka' },
  })
  if (code !== 0) {
    console.log(output.slice(-4000))
    return 1
  }
  const files = readLcov(readFileSync(new URL('lcov.info', tree), 'utf8'))
  const { lines, branches } = totals(files)
  for (const file of files) for (const missed of file.missed) console.log(`not reached: ${file.name} ${missed}`)
  console.log(`lines ${lines.reached} of ${lines.found}, branches ${branches.reached} of ${branches.found}`)
  writeFileSync(new URL('../docs/contracts/coverage.md', root), coveragePage(files))
  rmSync(house, { recursive: true, force: true })
  return 0
}

process.exitCode = await main()
