import { open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'
import { type Hex, WerenodeError } from '@werenode/core'
import { syncFolder } from './durable-file.ts'

/**
 * What the chain did since a snapshot, in order. `block`: these transactions entered the pool in this order, then a block with this
 * time was mined on `parent`. `pool`: transactions that waited in the pool when the snapshot was taken.
 */
export type JournalEntry =
  | { readonly kind: 'block'; readonly at: number; readonly parent: Hex; readonly raw: readonly Hex[] }
  | { readonly kind: 'pool'; readonly raw: readonly Hex[] }

export interface Journal {
  readonly sizeBytes: number
  /** Resolves when the entry is on the disk: only then may the block be mined. */
  append(entry: JournalEntry): Promise<void>
  close(): Promise<void>
}

const lineOf = (entry: JournalEntry): string => {
  const json = JSON.stringify(entry)
  return `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`
}

const entryOf = (line: string): JournalEntry | undefined => {
  const json = line.slice(9)
  if (crc32(json).toString(16).padStart(8, '0') !== line.slice(0, 8)) return undefined
  return JSON.parse(json) as JournalEntry
}

/**
 * Reads the entries of a journal; a missing file is an empty journal. A torn last line is what a crash leaves: its block was never
 * mined, so it is left out. Damage before the end throws `store-unavailable`.
 */
export const readJournal = async (
  path: string,
): Promise<{ readonly entries: readonly JournalEntry[]; readonly goodBytes: number }> => {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const entries: JournalEntry[] = []
  let offset = 0
  while (offset < text.length) {
    const end = text.indexOf('\n', offset)
    const entry = end < 0 ? undefined : entryOf(text.slice(offset, end))
    if (!entry) {
      if (end >= 0 && end + 1 < text.length)
        throw new WerenodeError('store-unavailable', `The chain's journal ${path} is damaged at byte ${offset}`, {
          hint: 'Restore the data folder from a backup, or start anew with --fresh.',
        })
      break
    }
    entries.push(entry)
    offset = end + 1
  }
  return { entries, goodBytes: offset }
}

/** Opens a journal for appending, cutting off a torn last line. All entries are plain ASCII, so bytes and characters agree. */
export const openJournal = async (path: string, goodBytes: number): Promise<Journal> => {
  const file = await open(path, 'a+', 0o600)
  await file.truncate(goodBytes)
  await file.sync()
  await syncFolder(dirname(path))
  let size = goodBytes
  return {
    get sizeBytes() {
      return size
    },
    append: async (entry) => {
      const line = lineOf(entry)
      try {
        await file.appendFile(line)
        await file.datasync()
        size += line.length
      } catch (cause) {
        // A half-written line (full disk) must not stand before later ones.
        await file.truncate(size).catch(() => undefined)
        throw new WerenodeError('store-unavailable', `The chain's journal ${path} could not be written`, {
          hint: 'Free some disk space: no block is mined until its journal entry is on the disk.',
          cause,
        })
      }
    },
    close: () => file.close(),
  }
}
