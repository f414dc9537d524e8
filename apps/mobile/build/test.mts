import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { app } from './expo.mts'

/**
 * Runs the room's tests (jest-expo, React Native Testing Library), bundles the app for each platform with nothing from the network, and closes
 * with how many passed and failed. Words on the command line choose tests, and leave the bundles out.
 */
const jest = join(dirname(createRequire(import.meta.url).resolve('jest/package.json')), 'bin', 'jest.js')
const chosen = process.argv.slice(2)
const platforms = chosen.length === 0 ? ['android', 'ios', 'web'] : []

/** Whether a platform's bundle can be made; what went wrong is said by the bundler. */
const isBundled = (platform: string): boolean => {
  const { status, stdout } = spawnSync(process.execPath, [join(app, 'build', 'bundles.mts'), platform], {
    cwd: app,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  })
  process.stdout.write(status === 0 ? `${stdout.trim().split('\n').at(-1)}\n` : stdout)
  return status === 0
}

const folder = mkdtempSync(join(tmpdir(), 'mobile-tests-'))
const file = join(folder, 'outcome.json')
try {
  const { status } = spawnSync(
    process.execPath,
    [jest, '--ci', '--runInBand', '--json', `--outputFile=${file}`, ...chosen],
    { cwd: app, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, CI: '1', NODE_ENV: 'test', TZ: 'UTC' } },
  )
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
    readFileSync(file, 'utf8'),
  ) as Record<'numPassedTests' | 'numFailedTests' | 'numRuntimeErrorTestSuites', number>
  const bundled = platforms.filter(isBundled).length
  const failed = numFailedTests + numRuntimeErrorTestSuites + platforms.length - bundled
  process.stdout.write(`${numPassedTests + bundled} passed, ${failed} failed\n`)
  process.exitCode = status === 0 && bundled === platforms.length ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
