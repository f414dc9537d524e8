import { readFileSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { WerenodeError } from '@werenode/core'
import { isSameProcess, startMark } from '../chain/process-identity.ts'

/** What a running server writes into its data folder, so that `./werenode charge` finds it. */
export interface ServerNote {
  readonly pid: number
  /** Tells this process from a later one with the same id. */
  readonly mark?: string
  /** `starting` until requests are answered. */
  readonly state: 'starting' | 'ready'
  /** Of the data folder. */
  readonly id: string
  readonly origin?: string
  readonly ocpp?: string
  readonly mqtt?: string
  readonly rpc?: string
}

export const readServerNote = (path: string): ServerNote | undefined => {
  try {
    const note = JSON.parse(readFileSync(path, 'utf8')) as ServerNote
    return isSameProcess(note.pid, note.mark) ? note : undefined
  } catch {
    // No server wrote one, or it was cut off: then nothing is known to run.
    return undefined
  }
}

export const writeServerNote = async (path: string, note: Omit<ServerNote, 'pid' | 'mark'>): Promise<void> => {
  const mark = startMark(process.pid)
  const whole: ServerNote = { pid: process.pid, ...(mark === undefined ? {} : { mark }), ...note }
  await writeFile(`${path}.new`, `${JSON.stringify(whole)}\n`)
  await rename(`${path}.new`, path)
}

export const removeServerNote = (path: string): Promise<void> => rm(path, { force: true })

/** Two servers on the same data would overwrite each other: the second is refused. */
export const assertNoServer = (path: string): void => {
  const note = readServerNote(path)
  if (note === undefined || note.pid === process.pid) return
  const where = note.origin === undefined ? 'it is just starting' : `it is at ${note.origin}`
  throw new WerenodeError('conflict', `A server already runs on these data (process ${note.pid}, ${where})`, {
    hint: `Use that one, stop it with Ctrl-C where it runs (or \`kill ${note.pid}\`), or start another with --data OTHER-FOLDER --port OTHER-PORT.`,
  })
}
