// Breaks the contracts on purpose, once for each numbered invariant, and looks whether that invariant notices.
//   node tools/break.ts        all
//   node tools/break.ts 7      one
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSources } from './compile.ts'
import { forge, forgePath } from './forge.ts'
import { type Break, breaks } from './mutation/breaks.ts'
import { layOut, quickCodes } from './mutation/code.ts'

const only = process.argv[2]

/** undefined if the invariant failed as it should, else what is wrong. */
const unnoticed = async (path: string, { invariant, file, from, to }: Break): Promise<string | undefined> => {
  const sources = readSources()
  const source = sources[file]!
  if (source.split(from).length !== 2) return `"${from}" is not, or more than once, in ${file}`
  const folder = mkdtempSync(join(tmpdir(), 'werenode-break-'))
  try {
    layOut(folder, quickCodes({ ...sources, [file]: source.replace(from, to) }, ['ChargeEscrow']))
    const name = `invariant_${String(invariant).padStart(2, '0')}_`
    const { code, output } = await forge(path, ['test', '--match-test', name], {
      env: { WERENODE_MUTANT: folder, FOUNDRY_INVARIANT_RUNS: '60', FOUNDRY_INVARIANT_DEPTH: '100' },
    })
    if (code === 0) return 'the invariant held'
    return output.includes('[FAIL') && output.includes(name) ? undefined : output
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const main = async (): Promise<number> => {
  const path = forgePath()
  if (path === undefined) {
    console.log('skipped: there is no forge for this system.')
    return 0
  }
  const chosen = breaks.filter(({ invariant }) => only === undefined || String(invariant) === only)
  let failed = 0
  for (const one of chosen) {
    const problem = await unnoticed(path, one)
    if (problem !== undefined) failed += 1
    const found = problem === undefined ? 'notices' : `DOES NOT NOTICE (${problem})`
    console.log(`invariant ${String(one.invariant).padStart(2)} ${found} when ${one.when}`)
  }
  console.log(`${chosen.length - failed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

process.exitCode = await main()
