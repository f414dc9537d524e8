/** Writes src/api/operations.ts from the committed OpenAPI document, or with `--check` says whether it is current: `node packages/sdk/generate/write.ts`. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { type OpenApi, operationsSource } from './types.ts'

const room = resolve(import.meta.dirname, '..')
const root = resolve(room, '../..')
export const generatedFile = join(room, 'src/api/operations.ts')

/** The file as it should be, in the repository's format. */
export const generated = async (): Promise<string> => {
  const document = JSON.parse(await readFile(join(root, 'services/api/openapi.json'), 'utf8')) as OpenApi
  const folder = await mkdtemp(join(room, 'generate/.written-'))
  try {
    const file = join(folder, 'operations.ts')
    await writeFile(file, operationsSource(document))
    const biome = join(root, 'tools/node_modules/@biomejs/biome/bin/biome')
    await promisify(execFile)(process.execPath, [biome, 'format', '--write', file], { cwd: root })
    return await readFile(file, 'utf8')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export const isCurrent = async (): Promise<boolean> =>
  (await readFile(generatedFile, 'utf8').catch(() => '')) === (await generated())

if (import.meta.main) {
  if (!process.argv.includes('--check')) await writeFile(generatedFile, await generated())
  else if (!(await isCurrent())) {
    process.stdout.write(
      'src/api/operations.ts is not what the OpenAPI document says; write it anew with: node packages/sdk/generate/write.ts\n',
    )
    process.exitCode = 1
  }
}
