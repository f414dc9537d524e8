import { readFile } from 'node:fs/promises'
import { type AddressBookJson, addressBook, type ChainAddresses } from '@werenode/chain'
import { localChainId, verifyDeployment } from '@werenode/chain/deploy'
import { isWerenodeError, WerenodeError } from '@werenode/core'
import { createWalletClient, http } from 'viem'
import { getChainId } from 'viem/actions'

/** What the person named: a node of a chain where Werenode stands, and the book that says where on it. */
export interface ExistingChainOptions {
  readonly rpcUrl: string
  /** Address book as `packages/chain/bin/deploy.ts` writes it. */
  readonly addressesFile: string
}

/** A chain that somebody else runs. */
export interface ExistingChain {
  readonly chainId: number
  /** May hold a secret of its owner in path or query: never shown, never given to browsers. */
  readonly trustedRpcUrl: string
  /** The node's host, for people. */
  readonly rpcUrl: string
  readonly addresses: ChainAddresses
  /** Blocks come when something is pending, not by the clock. */
  readonly onDemand: boolean
}

const answerWithinMs = 15_000

/** Reads the two options of `start`; undefined: the embedded chain. Refuses one without the other. */
export const existingChainOf = (given: {
  readonly operatorNode: boolean
  readonly rpcUrl: string | undefined
  readonly addresses: string | undefined
}): ExistingChainOptions | undefined => {
  const { rpcUrl, addresses } = given
  if (rpcUrl === undefined && addresses === undefined) return undefined
  if (!given.operatorNode)
    throw new WerenodeError('invalid-input', '--rpc-url and --addresses are for an operator node', {
      hint: 'Say --operator-node as well; the whole house runs its own chain.',
    })
  if (rpcUrl === undefined || addresses === undefined)
    throw new WerenodeError('invalid-input', `${rpcUrl === undefined ? '--rpc-url' : '--addresses'} is missing`, {
      hint: 'A node on an existing chain needs both: --rpc-url URL of a JSON-RPC node, --addresses FILE with where the contracts are.',
    })
  const url = URL.canParse(rpcUrl) ? new URL(rpcUrl) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new WerenodeError('invalid-input', '--rpc-url is not a web address', {
      hint: 'Write it like https://rpc.example.org.',
    })
  return { rpcUrl, addressesFile: addresses }
}

/**
 * Looks at the chain before anything is made: it answers, the book knows it, and what stands there is what this version was built for,
 * each part naming the others. Throws in words; nothing was written or sent.
 */
export const openExistingChain = async (options: ExistingChainOptions): Promise<ExistingChain> => {
  const book = await readBook(options.addressesFile)
  const client = createWalletClient({
    // Only reads: no account is needed for them, but the reading of a deployment asks for a client that could send.
    transport: http(options.rpcUrl, { timeout: answerWithinMs, retryCount: 1 }),
  })
  const { origin } = new URL(options.rpcUrl)
  const chainId = await getChainId(client).catch(() => {
    // The cause would quote the address, which may hold a secret.
    throw new WerenodeError('chain-unavailable', `No node of a chain answers at ${origin}`, {
      hint: 'Check --rpc-url, and whether this machine may reach it.',
    })
  })
  const addresses = book.of(chainId)
  try {
    await verifyDeployment(client as never, addresses)
  } catch (error) {
    if (isWerenodeError(error)) throw error
    throw new WerenodeError('chain-unavailable', `The contracts on chain ${chainId} could not be read at ${origin}`, {
      hint: 'Check that --addresses names contracts of this chain, then start again.',
    })
  }
  return { chainId, trustedRpcUrl: options.rpcUrl, rpcUrl: origin, addresses, onDemand: chainId === localChainId }
}

const readBook = async (file: string) => {
  try {
    return addressBook(JSON.parse(await readFile(file, 'utf8')) as AddressBookJson)
  } catch (cause) {
    if (isWerenodeError(cause)) throw cause
    throw new WerenodeError('invalid-input', `The address book ${file} cannot be read`, {
      hint: 'Name the JSON file that the deployment wrote (packages/chain/bin/deploy.ts), or the addresses.json of the node that runs the chain.',
      cause,
    })
  }
}
