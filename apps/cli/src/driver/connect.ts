import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { type AddressBookJson, addressBook } from '@werenode/chain'
import { type Address, WerenodeError } from '@werenode/core'
import { createWerenode, type PinnedNetwork, type Werenode } from '@werenode/sdk'
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
  const { origin, memory, folder } = whereTo(options)
  const network = folder === undefined ? undefined : await networkIn(folder)
  const keyFile = resolve(options.key ?? join(driverFolder, 'key.json'))
  const { wallet, made } = await openDriverKey(keyFile)
  const werenode = createWerenode({
    baseUrl: origin,
    wallet,
    // Session keys, tokens and what was pinned of a network are of that network alone.
    storage: fileStorage(join(dirname(keyFile), 'memory', memory)),
    ...(network === undefined ? {} : { network }),
  })
  return { werenode, address: wallet.address, origin, made, keyFile }
}

/**
 * Where signatures for a node of this machine are good: what its own data folder says, so that contracts of a new version are known
 * without forgetting anything. Undefined when its chain is elsewhere.
 */
const networkIn = async (folder: string): Promise<PinnedNetwork | undefined> => {
  let text: string
  try {
    text = await readFile(join(folder, 'addresses.json'), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const book = JSON.parse(text) as AddressBookJson
  const { chainId, escrow, tokens, operatorRegistry } = addressBook(book).of(Number(Object.keys(book)[0]))
  return { chainId, escrow, token: tokens[0]!.address, operatorRegistry }
}

interface Whereabouts {
  readonly origin: string
  readonly memory: string
  /** Data folder of a node of this machine. */
  readonly folder?: string
}

const whereTo = ({ server, data }: ConnectOptions): Whereabouts => {
  if (server === undefined) {
    const { origin, id, folder } = findNode(data)
    return { origin: origin!, memory: id, folder }
  }
  if (!URL.canParse(server) || !/^https?:$/.test(new URL(server).protocol))
    throw new WerenodeError('invalid-input', `--server ${server} is not a web address`, {
      hint: 'Write it like http://localhost:8080.',
    })
  const { origin } = new URL(server)
  return { origin, memory: createHash('sha256').update(origin).digest('hex').slice(0, 16) }
}
