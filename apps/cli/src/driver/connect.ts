import { createHash } from 'node:crypto'
import { dirname, join, resolve } from 'node:path'
import { type Address, WerenodeError } from '@werenode/core'
import { createWerenode, type Werenode } from '@werenode/sdk'
import { findNode } from '../node/find-node.ts'
import { driverFolder } from '../node/folders.ts'
import { fileStorage } from './file-storage.ts'
import { openDriverKey } from './key-file.ts'

export interface Driver {
  readonly werenode: Werenode
  readonly address: Address
  readonly origin: string
  /** The key was made just now. */
  readonly made: boolean
  readonly keyFile: string
}

export interface ConnectOptions {
  readonly server: string | undefined
  readonly data: string | undefined
  readonly key: string | undefined
}

/** The driver's side of a node: key, memory and client. Asks nobody yet. */
export const connectDriver = async (options: ConnectOptions): Promise<Driver> => {
  const { origin, memory } = whereTo(options)
  const keyFile = resolve(options.key ?? join(driverFolder, 'key.json'))
  const { wallet, made } = await openDriverKey(keyFile)
  const werenode = createWerenode({
    baseUrl: origin,
    wallet,
    // Session keys, tokens and what was pinned of a network are of that network alone.
    storage: fileStorage(join(dirname(keyFile), 'memory', memory)),
  })
  return { werenode, address: wallet.address, origin, made, keyFile }
}

const whereTo = ({ server, data }: ConnectOptions): { readonly origin: string; readonly memory: string } => {
  if (server === undefined) {
    const { origin, id } = findNode(data)
    return { origin: origin!, memory: id }
  }
  if (!URL.canParse(server) || !/^https?:$/.test(new URL(server).protocol))
    throw new WerenodeError('invalid-input', `--server ${server} is not a web address`, {
      hint: 'Write it like http://localhost:8080.',
    })
  const { origin } = new URL(server)
  return { origin, memory: createHash('sha256').update(origin).digest('hex').slice(0, 16) }
}
