import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** One hash over names and contents of everything in a folder, in the order of names. */
export const folderHash = async (folder: string): Promise<string> => {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const hash = createHash('sha256')
  for (const name of names) {
    const body = await readFile(name)
    hash.update(`${name.slice(folder.length)}\0${body.length}\0`).update(body)
  }
  return hash.digest('hex')
}
