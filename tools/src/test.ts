import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { check } from './check.ts'
import { type Counts, countsText, noCounts, printedCounts, sum, vitestCounts } from './counts.ts'
import { bold, dim, indented, print, red, resultLine, secondsText } from './lines.ts'
import { fromRoot, root } from './repository.ts'
import { inParallel, isStopping, type RunResult, run } from './run.ts'
import { type Suite, suites } from './suites.ts'

const logs = join(root, '.werenode', 'test-logs')
const fileName = (suite: Suite) => suite.name.replaceAll(/[^\w-]/g, '-')

/** Starts a suite's runner; the time it may take is five times its budget, at least ten minutes. */
const start = (suite: Suite, reportPath: string): Promise<RunResult> => {
  const options = {
    cwd: join(root, suite.folder),
    env: { CI: '1', NO_COLOR: '1', FORCE_COLOR: undefined, PATH: `${dirname(process.execPath)}:${process.env.PATH}` },
    timeoutMs: Math.max(600, suite.budgetS * 5) * 1000,
  }
  switch (suite.kind) {
    case 'vitest':
      return run(
        process.execPath,
        [
          join(root, 'tools/node_modules/vitest/vitest.mjs'),
          'run',
          '--maxWorkers=2',
          // A busy machine is no failure: tests wait on conditions, and their own limits stand where they name some.
          '--testTimeout=60000',
          '--hookTimeout=60000',
          '--reporter=default',
          '--reporter=json',
          `--outputFile.json=${reportPath}`,
        ],
        options,
      )
    case 'script':
      return run('sh', ['-c', suite.command!], options)
    case 'proof':
      return run(process.execPath, ['src/run.ts', suite.command!], options)
  }
}

const countsOf = (suite: Suite, result: RunResult, reportPath: string): Counts => {
  switch (suite.kind) {
    case 'vitest':
      return vitestCounts(readFileSync(reportPath, 'utf8'))
    case 'script':
      return printedCounts(result.output)
    case 'proof':
      return result.code === 77
        ? { ...noCounts, skipped: 1 }
        : { ...noCounts, passed: result.code === 0 ? 1 : 0, failed: result.code === 0 ? 0 : 1 }
  }
}

/** A suite that ended badly without naming a failed test still failed: it counts as one. */
const judged = (counts: Counts, result: RunResult): Counts =>
  result.timedOut || (result.code !== 0 && result.code !== 77 && counts.failed === 0)
    ? { ...counts, failed: counts.failed + 1 }
    : counts

const detailOf = (suite: Suite, result: RunResult, counts: Counts): string => {
  if (result.timedOut) return red(`did not end within ${secondsText(result.ms)}`)
  if (counts.passed + counts.failed === 0 && counts.skipped > 0)
    return `skipped: ${/skipped[:,] ?(.+)/i.exec(result.output)?.[1] ?? 'its equipment is missing'}`
  const late = result.ms > suite.budgetS * 1000 ? dim(`  over its budget of ${suite.budgetS} s`) : ''
  return countsText(counts) + late
}

const failuresText = (suite: Suite, result: RunResult): string => {
  const from = suite.kind === 'vitest' ? result.output.search(/⎯+ (Failed|Unhandled)/) : -1
  return from < 0
    ? indented(result.output, 60)
    : indented(result.output.slice(from).split('\n').slice(0, 160).join('\n'), 160)
}

const runSuite = async (suite: Suite, running: Map<string, number>): Promise<Counts> => {
  if (isStopping()) return noCounts
  const reportPath = join(logs, `${fileName(suite)}.json`)
  const logPath = join(logs, `${fileName(suite)}.log`)
  rmSync(reportPath, { force: true })
  running.set(suite.name, performance.now())
  const result = await start(suite, reportPath)
  running.delete(suite.name)
  writeFileSync(logPath, result.output)
  if (isStopping()) return noCounts
  let counts: Counts
  try {
    counts = judged(countsOf(suite, result, reportPath), result)
  } catch {
    counts = { ...noCounts, failed: 1 }
  }
  const outcome = counts.failed > 0 ? 'failed' : counts.passed === 0 && counts.skipped > 0 ? 'skipped' : 'ok'
  resultLine(outcome, suite.name, result.ms, detailOf(suite, result, counts))
  if (outcome === 'failed') print(`${failuresText(suite, result)}\n${dim(`      whole log: ${fromRoot(logPath)}`)}`)
  return counts
}

/** `npm test`: the checks, then every suite, two at a time, and what compares times at the end, alone; `npm test -- ocpp api` runs those rooms alone, without the checks. */
const test = async (only: readonly string[]): Promise<number> => {
  const startedAt = performance.now()
  mkdirSync(logs, { recursive: true })
  const all = suites()
  const unknown = only.filter((name) => !all.some((suite) => suite.name === name))
  if (unknown.length > 0) {
    print(`There is no suite "${unknown.join('", "')}". Suites: ${all.map(({ name }) => name).join(', ')}.`)
    return 2
  }
  const failedChecks = only.length === 0 ? await check() : 0
  print(bold('test'))
  const chosen = only.length === 0 ? all : all.filter(({ name }) => only.includes(name))
  const running = new Map<string, number>()
  const sign = setInterval(() => {
    const words = [...running].map(([name, since]) => `${name} ${secondsText(performance.now() - since)}`)
    if (words.length > 0) print(dim(`    … ${words.join(', ')}`))
  }, 30_000)
  const runAll = (some: readonly Suite[], lanes: number) =>
    inParallel(
      lanes,
      some.map((suite) => () => runSuite(suite, running)),
    )
  const together = await runAll(
    chosen.filter((suite) => suite.alone !== true),
    2,
  )
  const results = [
    ...together,
    ...(await runAll(
      chosen.filter((suite) => suite.alone === true),
      1,
    )),
  ]
  clearInterval(sign)
  if (isStopping()) {
    print('\nStopped as you asked.')
    return 130
  }
  const total = sum([...results, { ...noCounts, failed: failedChecks }])
  print()
  print(dim(`${chosen.length} suites in ${secondsText(performance.now() - startedAt)}, logs in ${fromRoot(logs)}`))
  if (failedChecks > 0) print(red(`${failedChecks} of the checks fail and count as failed.`))
  if (total.passed === 0 && total.failed === 0) print('No test ran.')
  print(countsText(total))
  return total.failed === 0 && total.passed > 0 ? 0 : 1
}

process.exitCode = await test(process.argv.slice(2))
