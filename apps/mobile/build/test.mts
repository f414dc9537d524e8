import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { app } from './expo.mts'

/** Runs the room's tests (jest-expo, React Native Testing Library), and closes with how many passed and failed. */
const jest = join(dirname(createRequire(import.meta.url).resolve('jest/package.json')), 'bin', 'jest.js')
const folder = mkdtempSync(join(tmpdir(), 'mobile-tests-'))
const file = join(folder, 'outcome.json')
try {
  const { status } = spawnSync(
    process.execPath,
    [jest, '--ci', '--runInBand', '--json', `--outputFile=${file}`, ...process.argv.slice(2)],
    { cwd: app, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, CI: '1', NODE_ENV: 'test', TZ: 'UTC' } },
  )
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
    readFileSync(file, 'utf8'),
  ) as Record<'numPassedTests' | 'numFailedTests' | 'numRuntimeErrorTestSuites', number>
  process.stdout.write(`${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed\n`)
  process.exitCode = status ?? 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
