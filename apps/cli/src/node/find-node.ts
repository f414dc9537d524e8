import { join, resolve } from 'node:path'
import { WerenodeError } from '@werenode/core'
import { defaultDataFolder } from './folders.ts'
import { readServerNote, type ServerNote } from './server-note.ts'

export interface FoundNode extends ServerNote {
  readonly folder: string
}

/** The server that runs on a data folder of this machine. Throws `no-responder` with what to do. */
export const findNode = (dataFolder: string | undefined): FoundNode => {
  const folder = resolve(dataFolder ?? defaultDataFolder)
  const note = readServerNote(join(folder, 'server.json'))
  if (note === undefined)
    throw new WerenodeError('no-responder', 'No Werenode server runs on this clone', {
      hint: 'Start one in another terminal with `npm start`, or name one with --server URL.',
    })
  if (note.state === 'starting')
    throw new WerenodeError('no-responder', 'The server is still starting', { hint: 'Try again in a few seconds.' })
  return { ...note, folder }
}
