import { type ChildProcess, spawn } from 'node:child_process'
import { WerenodeError } from '@werenode/core'
import getPort from 'get-port'
import { createNodeRpc, type NodeRpc } from './node-rpc.ts'

export interface AnvilProcess {
  readonly pid: number
  readonly port: number
  readonly url: string
  readonly rpc: NodeRpc
  /** Resolves with how it ended, whoever ended it. */
  readonly exited: Promise<string>
  /** Ends it at once; what is not in the journal is not there any more. */
  kill(): Promise<void>
}

export interface AnvilOptions {
  readonly binary: string
  readonly chainId: number
  readonly genesisFile: string
  /** Dumped state to start from; it holds the genesis block too. */
  readonly stateFile?: string
  readonly gasLimit: number
  readonly onSpawn?: (started: { pid: number; port: number }) => Promise<void>
}

/**
 * Flags of the embedded chain, each for a reason:
 * - `--no-mining`: our loop mines when something is pending (automine wedges on a backlog and loses nonce races)
 * - `--prune-history`: no past states in memory or on disk (they fill gigabytes in an hour); blocks, receipts and logs stay
 * - `--order fifo`: replaying the journal builds the very same blocks
 * - `--hardfork osaka`: pinned, so that an update of the program does not change a running chain
 * - `--accounts 1 --balance 0`: no well-known key holds anything; the funder of genesis does
 * - loopback only, no CORS: people and browsers come through the door, which has a method allow-list
 */
export const anvilArguments = (options: AnvilOptions, port: number): readonly string[] => [
  ...['--host', '127.0.0.1', '--port', String(port), '--no-cors', '--quiet'],
  ...['--chain-id', String(options.chainId), '--accounts', '1', '--balance', '0'],
  ...['--hardfork', 'osaka', '--gas-limit', String(options.gasLimit)],
  ...['--no-mining', '--prune-history', '--order', 'fifo', '--no-request-size-limit'],
  ...(options.stateFile ? ['--load-state', options.stateFile] : ['--init', options.genesisFile]),
]

/** Starts anvil on a free loopback port and waits until it answers. Throws `chain-unavailable` with its last words. */
export const startAnvil = async (options: AnvilOptions): Promise<AnvilProcess> => {
  for (let attempt = 1; ; attempt += 1) {
    const port = await getPort({ host: '127.0.0.1' })
    // A group of its own: Ctrl-C in a terminal reaches the server alone, which ends the chain last, in order.
    const child = spawn(options.binary, anvilArguments(options, port), {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    const lastWords: string[] = []
    const listen = (chunk: Buffer) => {
      lastWords.push(chunk.toString('utf8'))
      if (lastWords.length > 20) lastWords.shift()
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    const exited = exitOf(child)
    const url = `http://127.0.0.1:${port}`
    const rpc = createNodeRpc(url)
    if (child.pid !== undefined) await options.onSpawn?.({ pid: child.pid, port })
    const outcome = await Promise.race([exited, answers(rpc, options.chainId)])
    if (outcome === 'answers' && child.pid !== undefined)
      return {
        pid: child.pid,
        port,
        url,
        rpc,
        exited,
        kill: async () => {
          child.kill('SIGKILL')
          await exited
        },
      }
    child.kill('SIGKILL')
    // Somebody took the port between our look and its bind: try another one.
    if (attempt < 3) continue
    throw new WerenodeError('chain-unavailable', `The embedded chain did not start (${outcome})`, {
      hint: 'Run the anvil program by hand to see why; ANVIL_PATH names another one.',
      data: { lastWords: lastWords.join('').slice(-2000) },
    })
  }
}

const exitOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve(`could not run: ${error.message}`))
    child.once('exit', (code, signal) => resolve(signal ? `ended by ${signal}` : `ended with code ${code}`))
  })

const answers = async (rpc: NodeRpc, chainId: number): Promise<string> => {
  const until = Date.now() + 60_000
  while (Date.now() < until) {
    const answer = await rpc.call<string>('eth_chainId', [], { timeoutMs: 2000 }).catch(() => undefined)
    if (answer !== undefined) return Number(answer) === chainId ? 'answers' : `a stranger answers on its port`
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
  return 'no answer within a minute'
}
