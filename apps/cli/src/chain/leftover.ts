import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { WerenodeError } from '@werenode/core'
import { writeDurably } from './durable-file.ts'
import { isSameProcess, startMark } from './process-identity.ts'

interface ProcessNote {
  readonly server: { readonly pid: number; readonly mark?: string }
  readonly anvil?: { readonly pid: number; readonly mark?: string; readonly port: number }
}

const notePath = (folder: string): string => join(folder, 'processes.json')

/**
 * Two servers on one chain folder would write one journal: refused with `conflict`. A chain process that a killed server left
 * behind is ended (it is known by process id, start time and port; a stranger that got the same id is left alone).
 */
export const claimFolder = async (folder: string, log: { warn(data: object, text: string): void }): Promise<void> => {
  const note = await readNote(folder)
  if (note && note.server.pid !== process.pid && isSameProcess(note.server.pid, note.server.mark))
    throw new WerenodeError('conflict', `Another server (process ${note.server.pid}) runs the chain in ${folder}`, {
      hint: `Stop it first, or choose another folder with --data. If process ${note.server.pid} is no Werenode server, remove ${notePath(folder)}.`,
    })
  if (note?.anvil && (await isOurAnvil(note.anvil))) {
    log.warn(
      { pid: note.anvil.pid, port: note.anvil.port },
      'ending the chain process that a killed server left behind',
    )
    process.kill(note.anvil.pid, 'SIGKILL')
    while (isSameProcess(note.anvil.pid, note.anvil.mark)) await new Promise((resolve) => setTimeout(resolve, 10))
  }
  await writeNote(folder, {})
}

export const noteAnvil = async (folder: string, anvil: { pid: number; port: number }): Promise<void> => {
  const mark = startMark(anvil.pid)
  await writeNote(folder, { anvil: { ...anvil, ...(mark === undefined ? {} : { mark }) } })
}

export const releaseFolder = (folder: string): Promise<void> => rm(notePath(folder), { force: true })

const writeNote = async (folder: string, rest: Omit<ProcessNote, 'server'>): Promise<void> => {
  const mark = startMark(process.pid)
  const note: ProcessNote = { server: { pid: process.pid, ...(mark === undefined ? {} : { mark }) }, ...rest }
  await writeDurably(notePath(folder), JSON.stringify(note))
}

const readNote = async (folder: string): Promise<ProcessNote | undefined> => {
  try {
    return JSON.parse(await readFile(notePath(folder), 'utf8')) as ProcessNote
  } catch {
    // None was written, or it is not ours to read: then there is nothing to end.
    return undefined
  }
}

/** Without /proc the id alone proves nothing: the process must also answer as anvil on the port written down. */
const isOurAnvil = async (anvil: NonNullable<ProcessNote['anvil']>): Promise<boolean> => {
  if (!isSameProcess(anvil.pid, anvil.mark)) return false
  if (anvil.mark !== undefined && startMark(anvil.pid) === anvil.mark) return true
  const answer = await fetch(`http://127.0.0.1:${anvil.port}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"jsonrpc":"2.0","id":1,"method":"web3_clientVersion","params":[]}',
    signal: AbortSignal.timeout(2000),
  })
    .then((response) => response.text())
    .catch(() => '')
  return answer.includes('anvil/')
}
