import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createPublicClient, type Hash, type Hex, http, parseGwei } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { expect, test } from 'vitest'
import { isAlive } from './process-identity.ts'

const long = process.env.WERENODE_LONG === '1'
const rounds = long ? 100 : 3
const receiver = '0x00000000000000000000000000000000000000aa'

interface Server {
  readonly process: ChildProcess
  readonly rpcUrl: string
  readonly nodePid: number
  readonly funderKey: Hex
}

/** Starts a server in a process group of its own, so that the whole group can be killed at once. */
const startServer = async (folder: string): Promise<Server> => {
  const program = fileURLToPath(new URL('./testing/chain-server.ts', import.meta.url))
  const child = spawn(process.execPath, [program, folder, '15'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
    // The same program starts over and over: compiling it once is enough.
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') },
  })
  const told = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout! }).once('line', resolve)
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
  return { process: child, ...(JSON.parse(told) as Omit<Server, 'process'>) }
}

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve()
    else child.once('exit', () => resolve())
  })

test(`every transaction reported confirmed survives ${rounds} kills of server, node or both`, {
  timeout: long ? 900_000 : 240_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'werenode-chain-kill-'))
  const confirmed = new Map<Hash, { blockHash: Hash; blockNumber: bigint }>()
  let heads: { number: bigint; timestamp: bigint } = { number: 0n, timestamp: 0n }
  let server = await startServer(folder)
  try {
    for (let round = 0; round < rounds; round += 1) {
      const account = privateKeyToAccount(server.funderKey)
      const client = createPublicClient({
        transport: http(server.rpcUrl, { retryCount: 0, timeout: 5000, batch: { batchSize: 80 } }),
      })
      const head = await client.getBlock()
      expect(head.number).toBeGreaterThanOrEqual(heads.number)
      expect(head.timestamp).toBeGreaterThanOrEqual(heads.timestamp)
      for (const [hash, was] of confirmed) {
        const receipt = await client.getTransactionReceipt({ hash })
        expect({ blockHash: receipt.blockHash, blockNumber: receipt.blockNumber }).toEqual(was)
      }
      let nonce = await client.getTransactionCount({ address: account.address })
      expect(await client.getBalance({ address: receiver })).toBe(BigInt(nonce))
      expect(nonce).toBeGreaterThanOrEqual(confirmed.size)

      const victim = (['group', 'server', 'node'] as const)[round % 3]!
      let struck = false
      const strike = (): void => {
        struck = true
        if (victim === 'node') process.kill(server.nodePid, 'SIGKILL')
        else process.kill(victim === 'group' ? -server.process.pid! : server.process.pid!, 'SIGKILL')
      }
      // A stream of transactions until the kill is felt; it comes some moment after so many were confirmed.
      const confirmedBefore = confirmed.size + 1 + Math.floor(Math.random() * 50)
      let kill: NodeJS.Timeout | undefined
      // A node may be back before it is missed: a few waves more are enough then.
      for (let after = 0; after < 20; after += Number(struck)) {
        if (confirmed.size >= confirmedBefore) kill ??= setTimeout(strike, Math.random() * 50)
        try {
          const hashes = await Promise.all(
            Array.from({ length: 5 }, async (_, index) =>
              client.sendRawTransaction({
                serializedTransaction: await account.signTransaction({
                  chainId: 31_337,
                  nonce: nonce + index,
                  to: receiver,
                  value: 1n,
                  gas: 21_000n,
                  maxFeePerGas: parseGwei('3'),
                  maxPriorityFeePerGas: 1n,
                  type: 'eip1559',
                }),
              }),
            ),
          )
          nonce += 5
          for (const hash of hashes) {
            const receipt = await client.getTransactionReceipt({ hash }).catch(() => undefined)
            if (receipt) confirmed.set(hash, { blockHash: receipt.blockHash, blockNumber: receipt.blockNumber })
          }
          const block = await client.getBlock()
          heads = { number: block.number, timestamp: block.timestamp }
        } catch {
          break // The kill was felt.
        }
      }
      clearTimeout(kill)
      const before = server
      if (victim === 'node') process.kill(-server.process.pid!, 'SIGKILL')
      await ended(before.process)
      server = await startServer(folder)
      expect(isAlive(before.nodePid)).toBe(false)
    }
    expect(confirmed.size).toBeGreaterThanOrEqual(rounds)
  } finally {
    process.kill(-server.process.pid!, 'SIGKILL')
    await ended(server.process)
    await rm(folder, { recursive: true, force: true })
  }
})
