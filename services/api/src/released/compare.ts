/**
 * Says what the contracts of the wire break for apps written for the last release (`released/`), beside what is recorded there as meant:
 * `node services/api/src/released/compare.ts`. `--release` makes today's contracts the ones to hold.
 */
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { buildSchema, findBreakingChanges } from 'graphql'
import { graphQlFile } from '../graphql/write.ts'
import { openApiFile } from '../openapi/write.ts'
import { type Document, openApiChanges } from './openapi-changes.ts'

const released = (name: string): URL => new URL(`../../released/${name}`, import.meta.url)

/** A breaking change that is meant, and why. */
export interface Recorded {
  readonly change: string
  readonly why: string
}

export interface Comparison {
  /** Breaking, and not recorded. */
  readonly unrecorded: readonly string[]
  /** Recorded, but not there (any more). */
  readonly idle: readonly string[]
}

export const graphQlChanges = (before: string, after: string): readonly string[] =>
  findBreakingChanges(buildSchema(before), buildSchema(after)).map(({ description }) => `GraphQL: ${description}`)

/** The committed contracts against those of the last release. */
export const compareWithRelease = async (): Promise<Comparison> => {
  const text = (url: URL): Promise<string> => readFile(url, 'utf8')
  const [before, after] = (await Promise.all([text(released('openapi.json')), text(openApiFile)])).map(
    (json) => JSON.parse(json) as Document,
  ) as [Document, Document]
  const changes = [
    ...openApiChanges(before, after),
    ...graphQlChanges(await text(released('schema.graphql')), await text(graphQlFile)),
  ]
  const recorded = JSON.parse(await text(released('breaking.json'))) as readonly Recorded[]
  const meant = new Set(recorded.map(({ change }) => change))
  return {
    unrecorded: changes.filter((change) => !meant.has(change)),
    idle: [...meant].filter((change) => !changes.includes(change)),
  }
}

if (import.meta.main) {
  if (process.argv.includes('--release')) {
    await copyFile(openApiFile, released('openapi.json'))
    await copyFile(graphQlFile, released('schema.graphql'))
    await writeFile(released('breaking.json'), '[]\n')
  } else {
    const { unrecorded, idle } = await compareWithRelease()
    for (const change of unrecorded)
      process.stdout.write(
        `breaks apps: ${change}\n  undo it, or record it with its reason in services/api/released/breaking.json\n`,
      )
    for (const change of idle) process.stdout.write(`recorded, but not so: ${change}\n`)
    if (unrecorded.length + idle.length > 0) process.exitCode = 1
  }
}
