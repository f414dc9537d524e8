import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import getPort from 'get-port'
import { createTestClient, type Hex, http, publicActions, walletActions } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

/** The first of anvil's well-known accounts. */
export const anvilKey: Hex = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'

const binary = (): string =>
  process.env.ANVIL_PATH ??
  join(dirname(createRequire(import.meta.url).resolve('@foundry-rs/anvil-linux-amd64/package.json')), 'bin', 'anvil')

export interface Anvil {
  readonly url: string
  readonly port: number
  readonly client: ReturnType<typeof clientOf>
  rpc<R>(method: string, ...params: unknown[]): Promise<R>
  /** Resolves when no block comes any more by itself. */
  stopMining(): Promise<void>
  startMining(): void
  kill(): Promise<void>
}

/** A real node. `mining`: how often a block comes, in ms; 0: only when the test mines. */
export const startAnvil = async (options: {
  mining: number
  port?: number
  args?: readonly string[]
}): Promise<Anvil> => {
  const port = options.port ?? (await getPort({ host: '127.0.0.1' }))
  const child: ChildProcess = spawn(
    binary(),
    [
      ...['--port', String(port), '--chain-id', '31337', '--hardfork', 'osaka', '--gas-limit', '100000000', '--quiet'],
      ...['--order', 'fifo', '--no-mining', ...(options.args ?? [])],
    ],
    { stdio: 'ignore' },
  )
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const url = `http://127.0.0.1:${port}`
  const rpc = async <R>(method: string, ...params: unknown[]): Promise<R> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    })
    const answer = (await response.json()) as { result: R; error?: { message: string } }
    if (answer.error) throw new Error(`${method}: ${answer.error.message}`)
    return answer.result
  }
  while (child.exitCode === null && !(await rpc('eth_chainId').catch(() => undefined)))
    await new Promise((resolve) => setTimeout(resolve, 10))
  let miner: Promise<void> | undefined
  let mining = false
  const mineOn = async (): Promise<void> => {
    while (mining) {
      const pool = await rpc<{ pending: Hex }>('txpool_status').catch(() => ({ pending: '0x0' }))
      if (Number(pool.pending) > 0) await rpc('evm_mine').catch(() => undefined)
      await new Promise((resolve) => setTimeout(resolve, options.mining))
    }
  }
  const startMining = (): void => {
    mining = true
    miner ??= mineOn().finally(() => {
      miner = undefined
    })
  }
  const stopMining = async (): Promise<void> => {
    mining = false
    await miner
  }
  if (options.mining > 0) startMining()
  return {
    url,
    port,
    rpc,
    client: clientOf(url),
    startMining,
    stopMining,
    kill: async () => {
      mining = false
      child.kill('SIGKILL')
      await exited
    },
  }
}

const clientOf = (url: string) =>
  createTestClient({
    mode: 'anvil',
    account: privateKeyToAccount(anvilKey),
    transport: http(url),
    chain: {
      id: 31_337,
      name: 'local',
      nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
      rpcUrls: { default: { http: [url] } },
    },
    pollingInterval: 20,
    cacheTime: 0,
  })
    .extend(publicActions)
    .extend(walletActions)
