import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

export interface Sample {
  /** `build/sdk.md 1` */
  readonly name: string
  readonly code: string
}

const docs = join(import.meta.dirname, '..', 'docs')

/** The TypeScript of the documentation, each block as it is printed: a module of its own. */
export const samples = (): readonly Sample[] =>
  readdirSync(docs, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code], index) => ({
        name: `${relative(docs, file)} ${index + 1}`,
        code: code!,
      })),
    )
