import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const member = resolve(import.meta.dirname, '..')
const ng = join(dirname(createRequire(import.meta.url).resolve('@angular/cli/package.json')), 'bin', 'ng.js')

/** The components' own tests need Angular's compiler: they run in its test builder (`src/**\/*.spec.ts`). */
test('the components hold their tests', { timeout: 300_000 }, async () => {
  const child = spawn(process.execPath, [ng, 'test'], {
    cwd: member,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      CI: '1',
      NO_COLOR: '1',
      NG_CLI_ANALYTICS: 'false',
      NG_DISABLE_VERSION_CHECK: '1',
      VITEST: undefined,
    },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const code = await new Promise<number | null>((done) => child.once('close', done))
  expect(code, said.slice(-6_000)).toBe(0)
  expect(said).toMatch(/Tests +\d+ passed/)
})
