import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readPrivate, writePrivate } from './private-file.ts'

/** The SDK's storage in a folder: session keys, tokens and seen readings outlive the command, readable by their owner alone. */
export const fileStorage = (folder: string) => {
  const pathOf = (key: string): string =>
    join(folder, `${createHash('sha256').update(key).digest('hex').slice(0, 40)}.json`)
  return {
    get: (key: string): Promise<string | undefined> => readPrivate(pathOf(key)),
    set: (key: string, value: string): Promise<void> => writePrivate(pathOf(key), value),
    delete: (key: string): Promise<void> => rm(pathOf(key), { force: true }),
  }
}
