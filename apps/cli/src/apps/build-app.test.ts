import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import pino from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { root } from '../node/folders.ts'
import { buildApp, isBuilt } from './build-app.ts'
import type { BuiltApp } from './list.ts'

const log = pino({ level: 'silent' })
let folder: string
let app: BuiltApp
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'werenode-build-'))
  mkdirSync(join(folder, 'source', 'node_modules'), { recursive: true })
  app = {
    name: '@werenode/none',
    title: 'An app',
    source: relative(root, join(folder, 'source')),
    madeOf: [],
    program: 'build.mjs',
    folder: join(folder, 'built'),
  }
})
afterEach(() => rmSync(folder, { recursive: true }))

const program = (last: string): void =>
  writeFileSync(
    join(folder, 'source', 'build.mjs'),
    `import { mkdirSync, writeFileSync } from 'node:fs'
mkdirSync(process.argv[2])
writeFileSync(process.argv[2] + '/index.html', 'half')
${last}`,
  )

test('an app is built once of the same sources, and anew of others', async () => {
  program('')
  expect(await buildApp(app, { log }).done).toBe('built')
  expect(isBuilt(app)).toBe(true)
  expect(await buildApp(app, { log }).done).toBe('known')
  program('// other')
  expect(await buildApp(app, { log }).done).toBe('built')
})

test('a build that is stopped leaves nothing behind that could be taken for an app, though its tool ends well', async () => {
  program('process.on("SIGTERM", () => process.exit(0)); setInterval(() => undefined, 1_000)')
  const build = buildApp(app, { log })
  await expect.poll(() => existsSync(join(`${app.folder}.new`, 'index.html')), { timeout: 20_000 }).toBe(true)
  build.stop()
  expect(await build.done).toBe('stopped')
  expect(isBuilt(app)).toBe(false)
  program('')
  expect(await buildApp(app, { log }).done).toBe('built')
})
