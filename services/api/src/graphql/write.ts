/** Writes the committed schema, or with `--check` says whether it is what /graphql serves: `node services/api/src/graphql/write.ts`. */
import { readFile, writeFile } from 'node:fs/promises'
import { parse, print } from 'graphql'
import { formatted } from '../openapi/write.ts'
import { graphQlSdl } from './sdl.ts'

export const graphQlFile = new URL('../../schema.graphql', import.meta.url)

/** Whether the committed schema says what is served. */
export const isGraphQlCurrent = async (): Promise<boolean> => same(await readFile(graphQlFile, 'utf8'), graphQlSdl())

const same = (one: string, other: string): boolean => print(parse(one)) === print(parse(other))

if (import.meta.main) {
  if (!process.argv.includes('--check')) {
    await writeFile(graphQlFile, graphQlSdl())
    await formatted(graphQlFile)
  } else if (!(await isGraphQlCurrent())) {
    process.stdout.write(
      'schema.graphql is not what is served; write it anew with: node services/api/src/graphql/write.ts\n',
    )
    process.exitCode = 1
  }
}
