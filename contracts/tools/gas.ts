// Measures what every operation costs and writes snapshots/Gas.json and docs/contracts/gas.md.
//   node tools/gas.ts           measures, writes, and says where a bar is missed
//   node tools/gas.ts --check   measures and compares with what is committed; exit 1 on any difference or missed bar
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { root } from './compile.ts'
import { forge, forgePath } from './forge.ts'
import { aboveBars, changed, type Figures } from './gas/bars.ts'
import { gasPage } from './gas/page.ts'

const snapshotUrl = new URL('snapshots/Gas.json', root)
const pageUrl = new URL('../docs/contracts/gas.md', root)

const readFigures = (): Figures => {
  try {
    const json = JSON.parse(readFileSync(snapshotUrl, 'utf8')) as Record<string, string>
    return Object.fromEntries(Object.entries(json).map(([name, gas]) => [name, Number(gas)]))
  } catch {
    return {}
  }
}

const writeFigures = (figures: Figures): void => {
  const sorted = Object.entries(figures).sort(([a], [b]) => (a < b ? -1 : 1))
  mkdirSync(new URL('.', snapshotUrl), { recursive: true })
  writeFileSync(snapshotUrl, `${JSON.stringify(Object.fromEntries(sorted.map(([n, g]) => [n, String(g)])), null, 2)}\n`)
}

const main = async (): Promise<number> => {
  const path = forgePath()
  if (path === undefined) {
    console.log('skipped: there is no forge for this system; gas is measured with it.')
    return 0
  }
  const committed = readFigures()
  // Each call as a transaction of its own. forge writes the snapshot file itself.
  const { code, output } = await forge(path, ['test', '--isolate', '--match-path', 'test/gas/**'])
  const found = readFigures()
  if (code !== 0) {
    console.log(output)
    return 1
  }
  const missed = aboveBars(found)
  if (process.argv.includes('--check')) {
    writeFigures(committed)
    const page = readFileSync(pageUrl, 'utf8')
    const problems = [
      ...changed(committed, found),
      ...missed,
      ...(page === gasPage(committed) ? [] : ['docs/contracts/gas.md is not what the snapshot says']),
    ]
    for (const problem of problems)
      console.log(`${problem}. Run "node tools/gas.ts" in contracts and look at the difference.`)
    const bars = Object.keys(found).length
    console.log(`${Math.max(0, bars - problems.length)} passed, ${problems.length} failed`)
    return problems.length === 0 ? 0 : 1
  }
  writeFigures(found)
  mkdirSync(new URL('.', pageUrl), { recursive: true })
  writeFileSync(pageUrl, gasPage(readFigures()))
  for (const [name, gas] of Object.entries(readFigures())) console.log(`${String(gas).padStart(9)}  ${name}`)
  for (const problem of missed) console.log(problem)
  return missed.length === 0 ? 0 : 1
}

process.exitCode = await main()
