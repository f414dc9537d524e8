/** Writes the committed document, or with `--check` says whether it is what the routes run on: `node services/api/src/openapi/write.ts`. */
import { readFile, writeFile } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import { openApiDocument } from './document.ts'

export const openApiFile = new URL('../../openapi.json', import.meta.url)

/** Whether the committed document says what the routes say. */
export const isOpenApiCurrent = async (): Promise<boolean> =>
  isDeepStrictEqual(JSON.parse(await readFile(openApiFile, 'utf8')), JSON.parse(JSON.stringify(openApiDocument())))

if (import.meta.main) {
  if (!process.argv.includes('--check')) await writeFile(openApiFile, `${JSON.stringify(openApiDocument(), null, 2)}\n`)
  else if (!(await isOpenApiCurrent())) {
    process.stdout.write(
      'openapi.json is not what the routes run on; write it anew with: node services/api/src/openapi/write.ts\n',
    )
    process.exitCode = 1
  }
}
