import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { allExamples, examplesOf, moduleOf } from './examples.ts'

const run = promisify(execFile)
const source = resolve(import.meta.dirname, '../src')
const root = resolve(import.meta.dirname, '../../..')

test('every example in the documentation compiles', async () => {
  const examples = await allExamples()
  expect(examples.length).toBeGreaterThan(20)

  const folder = await mkdtemp(join(import.meta.dirname, 'examples-'))
  try {
    await Promise.all(
      examples.map((example, index) => writeFile(join(folder, `example${index}.ts`), moduleOf(example))),
    )
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: join(root, 'tsconfig.base.json'),
        compilerOptions: { typeRoots: [join(root, 'tools/node_modules/@types')], lib: ['es2024'] },
        include: ['*.ts'],
      }),
    )
    const compiler = join(root, 'tools/node_modules/typescript7/bin/tsc')
    const output = await run(process.execPath, [compiler, '-p', join(folder, 'tsconfig.json')]).then(
      () => '',
      (error: { stdout?: string }) => String(error.stdout ?? error),
    )
    expect(output).toBe('')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}, 60_000)

test('every function that is exported, and every call of the client, has an example', async () => {
  const index = await readFile(join(source, 'index.ts'), 'utf8')
  const exported = [...index.matchAll(/export \{([^}]*)\} from '(\.\/[^']+)'/g)].flatMap(([, names, file]) =>
    names!
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type '))
      .map((name) => ({ name, file: file! })),
  )
  for (const { name, file } of exported) {
    const text = await readFile(join(source, file), 'utf8')
    expect([name, examplesOf(text, file).some((example) => example.name.endsWith(` ${name}`))]).toEqual([name, true])
  }
  for (const [file, type] of [
    ['werenode.ts', 'Werenode'],
    ['locations.ts', 'Locations'],
    ['oauth.ts', 'OAuth'],
    ['offline.ts', 'Offline'],
  ] as const) {
    const text = await readFile(join(source, file), 'utf8')
    const body = new RegExp(`export interface ${type}[^{]*\\{([\\s\\S]*?)\\n\\}`).exec(text)![1]!
    const calls = [...body.matchAll(/^ {2}(\w+)(?:\(|: Charging)/gm)].map((match) => match[1]!)
    const shown = examplesOf(text, file).map(({ name }) => name.split(' ')[1])
    expect(calls.filter((call) => !shown.includes(call))).toEqual([])
  }
})
