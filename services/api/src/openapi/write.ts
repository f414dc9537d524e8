/** Writes the committed document and what follows from it, or with `--check` says whether it is what the routes run on: `node services/api/src/openapi/write.ts`. */
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual, promisify } from 'node:util'
import { openApiDocument } from './document.ts'

export const openApiFile = new URL('../../openapi.json', import.meta.url)

/** Whether the committed document says what the routes say. */
export const isOpenApiCurrent = async (): Promise<boolean> =>
  isDeepStrictEqual(JSON.parse(await readFile(openApiFile, 'utf8')), JSON.parse(JSON.stringify(openApiDocument())))

/** In the repository's format, so that writing and formatting do not take turns. */
export const formatted = async (file: URL): Promise<void> => {
  const biome = fileURLToPath(new URL('../../../../tools/node_modules/@biomejs/biome/bin/biome', import.meta.url))
  await promisify(execFile)(process.execPath, [biome, 'format', '--write', fileURLToPath(file)])
}

if (import.meta.main) {
  if (!process.argv.includes('--check')) {
    await writeFile(openApiFile, `${JSON.stringify(openApiDocument(), null, 2)}\n`)
    await formatted(openApiFile)
    // What is written from the same contracts goes with it: the GraphQL schema and the SDK's types.
    for (const writer of ['../graphql/write.ts', '../../../../packages/sdk/generate/write.ts'])
      await promisify(execFile)(process.execPath, [fileURLToPath(new URL(writer, import.meta.url))])
  } else if (!(await isOpenApiCurrent())) {
    process.stdout.write(
      'openapi.json is not what the routes run on; write it anew with: node services/api/src/openapi/write.ts\n',
    )
    process.exitCode = 1
  }
}
