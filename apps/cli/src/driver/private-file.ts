import { randomUUID } from 'node:crypto'
import { chmod, link, mkdir, open, readFile, rename, stat, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'

/** The text of a file, or undefined when there is none. A file that others may read is closed to them. */
export const readPrivate = async (path: string): Promise<string | undefined> => {
  try {
    const text = await readFile(path, 'utf8')
    if (((await stat(path)).mode & 0o077) !== 0) await chmod(path, 0o600)
    return text
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

const writeBeside = async (path: string, text: string): Promise<string> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  // Not by the process's number: in containers that share a folder all have the same.
  const beside = `${path}.${randomUUID()}.new`
  const file = await open(beside, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  return beside
}

/** Writes a file that only its owner may read; it is there whole and durable, or as before. */
export const writePrivate = async (path: string, text: string): Promise<void> => {
  await rename(await writeBeside(path, text), path)
}

/** Makes such a file unless there is one: of several processes that begin at once, one makes it. Resolves with what it holds then. */
export const makePrivate = async (path: string, text: string): Promise<string> => {
  const beside = await writeBeside(path, text)
  try {
    await link(beside, path)
    return text
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return await readFile(path, 'utf8')
  } finally {
    await unlink(beside)
  }
}
