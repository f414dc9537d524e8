import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Writes a whole file so that after a crash there is either the old one or the new one: temp, fsync, rename, fsync of the folder. */
export const writeDurably = async (
  path: string,
  content: string | Uint8Array,
  options: { mode?: number } = {},
): Promise<void> => {
  const temporary = `${path}.tmp`
  const file = await open(temporary, 'w', options.mode ?? 0o644)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(temporary, path)
  await syncFolder(dirname(path))
}

/** Makes created and renamed names of a folder durable. */
export const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return // Windows has no folder handles to sync.
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
