/** What a suite counted. */
export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

export const noCounts: Counts = { passed: 0, failed: 0, skipped: 0 }

export const sum = (all: readonly Counts[]): Counts =>
  all.reduce(
    (total, counts) => ({
      passed: total.passed + counts.passed,
      failed: total.failed + counts.failed,
      skipped: total.skipped + counts.skipped,
    }),
    noCounts,
  )

/** `12 passed, 0 failed` and `, 1 skipped` when so. */
export const countsText = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`

interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly numFailedTestSuites: number
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[]
}

/** Counts of Vitest's json report. A file that could not be loaded has no tests in it: it counts as one failure. */
export const vitestCounts = (json: string): Counts => {
  const report = JSON.parse(json) as VitestReport
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

const escapes = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g')

/**
 * Counts of a script's printed output: forge's summary of all suites (`Ran 9 test suites ...: 80 tests passed, 0 failed, 1 skipped`),
 * or, for a single one, `Suite result: ok. 8 passed; 0 failed; 0 skipped`, Vitest's `Tests  3 failed | 12 passed (15)`, and a plain
 * closing line `12 passed, 0 failed`.
 */
export const printedCounts = (output: string): Counts => {
  const lines = output.replaceAll(escapes, '').split('\n')
  const found: Counts[] = []
  let suites: Counts[] = []
  for (const line of lines) {
    const suite = /^Suite result: .*?(\d+) passed; (\d+) failed; (\d+) skipped/.exec(line)
    if (suite) suites.push({ passed: Number(suite[1]), failed: Number(suite[2]), skipped: Number(suite[3]) })
    const ran = /^Ran \d+ test suites? .*?: (\d+) tests? passed, (\d+) failed, (\d+) skipped/.exec(line)
    if (ran) {
      suites = []
      found.push({ passed: Number(ran[1]), failed: Number(ran[2]), skipped: Number(ran[3]) })
    }
    const number = (word: string) => Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0)
    if (/^\s*Tests\s+.*\(\d+\)\s*$/.test(line))
      found.push({ passed: number('passed'), failed: number('failed'), skipped: number('skipped') })
    else if (/^(\w+: )?\d+ passed, \d+ failed(, \d+ skipped)?$/.test(line))
      found.push({ passed: number('passed'), failed: number('failed'), skipped: number('skipped') })
  }
  return sum([...found, ...suites])
}
