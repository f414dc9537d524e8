import { describe, expect, it } from 'vitest'
import { countsText, printedCounts, vitestCounts } from './counts.ts'

describe('the counts of a test run', () => {
  it('takes the summary of all forge suites, not each suite again', () => {
    const output = [
      'Ran 2 tests for test/Open.t.sol:OpenTest',
      'Suite result: ok. 2 passed; 0 failed; 0 skipped; finished in 1.02ms',
      'Suite result: FAILED. 3 passed; 1 failed; 0 skipped; finished in 1.02ms',
      'Ran 2 test suites in 10ms (2.04ms CPU time): 5 tests passed, 1 failed, 0 skipped (6 total tests)',
    ].join('\n')
    expect(printedCounts(output)).toEqual({ passed: 5, failed: 1, skipped: 0 })
  })

  it('takes single forge suites where no summary follows', () => {
    expect(printedCounts('Suite result: ok. 8 passed; 0 failed; 1 skipped; finished')).toEqual({
      passed: 8,
      failed: 0,
      skipped: 1,
    })
  })

  it('adds what several runners of one script print', () => {
    const output = '\u001b[32m      Tests  3 failed | 12 passed (15)\u001b[39m\nmutants: 40 passed, 0 failed\n'
    expect(printedCounts(output)).toEqual({ passed: 52, failed: 3, skipped: 0 })
  })

  it('counts a test file that does not load as a failure', () => {
    const report = {
      numPassedTests: 4,
      numFailedTests: 0,
      numPendingTests: 1,
      numTodoTests: 0,
      numFailedTestSuites: 1,
      testResults: [{ status: 'failed', assertionResults: [] }],
    }
    expect(vitestCounts(JSON.stringify(report))).toEqual({ passed: 4, failed: 1, skipped: 1 })
  })

  it('says skipped only when something was', () => {
    expect(countsText({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed')
    expect(countsText({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped')
  })
})
