import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { samples } from './samples.mts'

const folder = join(import.meta.dirname, 'samples-printed')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// `npm run proof -- portal` runs them against the whole house; here it is seen that they are what the packages offer.
test('every TypeScript sample of the documentation compiles as it is printed', { timeout: 120_000 }, async () => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  const all = samples()
  expect(all.length).toBeGreaterThanOrEqual(6)
  for (const { name, code } of all) writeFileSync(join(folder, `${name.replaceAll(/[^a-z0-9]+/g, '-')}.ts`), code)
  const config = { extends: '../../tsconfig.json', include: ['.'], compilerOptions: { noUnusedLocals: false } }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  const tsc = join(import.meta.dirname, '../../../tools/node_modules/typescript7/bin/tsc')
  const { stdout } = await promisify(execFile)(process.execPath, [tsc, '-p', folder, '--noEmit']).catch(
    (error: { stdout: string }) => ({ stdout: error.stdout }),
  )
  expect(stdout).toBe('')
})

test('the French pages print the samples that are run', () => {
  const french = join(import.meta.dirname, '../i18n/fr/docusaurus-plugin-content-docs/current/build')
  const printed = readdirSync(french).flatMap((file) =>
    [...readFileSync(join(french, file), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code!),
  )
  const run = new Set(samples().map(({ code }) => code))
  expect(printed.length).toBeGreaterThan(4)
  for (const code of printed) expect(run).toContain(code)
})
