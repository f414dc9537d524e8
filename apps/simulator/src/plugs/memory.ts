import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** A plug's own flash memory: its counter, Wh. Without a file it forgets. */
export interface PlugMemory {
  read(): number | undefined
  keep(registerWh: number): void
}

export const createPlugMemory = (path: string | undefined): PlugMemory => {
  if (path === undefined) return { read: () => undefined, keep: () => undefined }
  let kept: number | undefined
  return {
    read: () => {
      try {
        const { registerWh } = JSON.parse(readFileSync(path, 'utf8')) as { registerWh?: unknown }
        return typeof registerWh === 'number' ? registerWh : undefined
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        process.stderr.write(`The memory ${path} cannot be read; the plug counts from its beginning\n`)
        return undefined
      }
    },
    keep: (registerWh) => {
      if (registerWh === kept) return
      if (kept === undefined) mkdirSync(dirname(path), { recursive: true })
      writeFileSync(`${path}.new`, JSON.stringify({ registerWh }))
      renameSync(`${path}.new`, path)
      kept = registerWh
    },
  }
}
