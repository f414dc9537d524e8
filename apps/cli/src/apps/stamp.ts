import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** What a build leaves behind, and what others write: no part of what an app is made of. */
const leftOut = new Set(['node_modules', 'dist', '.docusaurus', '.expo', 'static', 'test', 'reference'])

const files = async (path: string): Promise<readonly string[]> => {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) return []
  if (found.isFile()) return [path]
  const entries = await readdir(path)
  const nested = await Promise.all(entries.filter((name) => !leftOut.has(name)).map((name) => files(join(path, name))))
  return nested.flat()
}

/** Changes whenever one of these files does: by it a build knows whether it is still that of its sources. */
export const stampOfSources = async (root: string, paths: readonly string[]): Promise<string> => {
  const hash = createHash('sha256')
  const found = (await Promise.all(paths.map((path) => files(join(root, path))))).flat()
  for (const file of found.sort())
    hash
      .update(file.slice(root.length))
      .update('\0')
      .update(await readFile(file))
  return hash.digest('hex')
}
