import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** A small disk for the store, which can be filled up. It needs the right to mount; without it the store lies in an ordinary folder. */
export interface SmallDisk {
  /** Undefined where nothing may be mounted: then nothing is filled. */
  fill: (() => void) | undefined
  free(): void
  close(): void
}

export const openSmallDisk = (folder: string, megabytes: number): SmallDisk => {
  mkdirSync(folder, { recursive: true })
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0700`, 'werenode-chaos', folder])
  const filler = join(folder, 'filler')
  const free = (): void => rmSync(filler, { force: true })
  if (status !== 0) return { fill: undefined, free, close: () => undefined }
  return {
    fill: () => {
      const file = openSync(filler, 'w')
      try {
        const page = Buffer.alloc(4_096, 1)
        // To the last page: the store may write into what it has already and no further.
        for (;;) writeSync(file, page)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      } finally {
        closeSync(file)
      }
      if (statfsSync(folder).bavail > 0) throw new Error('The small disk was not filled up')
    },
    free,
    close: () => {
      spawnSync('umount', ['-l', folder])
    },
  }
}
