import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { createPublicClient, createWalletClient, type Hex, http, parseGwei, webSocket } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type EmbeddedChain, type EmbeddedChainOptions, startEmbeddedChain } from './embedded-chain.ts'
import { snapshotPath } from './snapshots.ts'

vi.setConfig({ testTimeout: 30_000 })
const log = pino({ level: 'silent' })
const receiver = '0x00000000000000000000000000000000000000aa'
let folder: string
let chain: EmbeddedChain | undefined

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'werenode-chain-'))
})
afterEach(async () => {
  await chain?.stop()
  chain = undefined
  await rm(folder, { recursive: true, force: true })
})

const start = async (options: Partial<EmbeddedChainOptions> = {}): Promise<EmbeddedChain> => {
  chain = await startEmbeddedChain({ folder, log, blockIntervalMs: 20, ...options })
  return chain
}
const reader = (url: string) => createPublicClient({ transport: http(url), pollingInterval: 20 })
const sender = (from: EmbeddedChain) => {
  const account = privateKeyToAccount(from.funder.privateKey)
  return (nonce: number) =>
    account.signTransaction({
      chainId: from.chainId,
      nonce,
      to: receiver,
      value: 1n,
      gas: 21_000n,
      maxFeePerGas: parseGwei('3'),
      maxPriorityFeePerGas: 1n,
      type: 'eip1559',
    })
}
const rpc = async (url: string, method: string, ...params: unknown[]) => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  })
  return (await response.json()) as { result?: unknown; error?: { code: number; message: string } }
}
const sendAndWait = async (on: EmbeddedChain, nonces: readonly number[]): Promise<readonly Hex[]> => {
  const client = reader(on.trustedRpcUrl)
  const sign = sender(on)
  const hashes = await Promise.all(
    nonces.map(async (nonce) => client.sendRawTransaction({ serializedTransaction: await sign(nonce) })),
  )
  for (const hash of hashes) await client.waitForTransactionReceipt({ hash })
  return hashes
}

test('a transaction is mined when one is pending, and nothing is mined when none is', async () => {
  const on = await start()
  expect(await reader(on.rpcUrl).getBlockNumber()).toBe(0n)
  await sendAndWait(on, [0, 1, 2])
  const client = reader(on.rpcUrl)
  const height = await client.getBlockNumber()
  expect(await client.getBalance({ address: receiver })).toBe(3n)
  await sendAndWait(on, [3])
  expect(await client.getBlockNumber()).toBe(height + 1n)
})

test('a transaction with a gap before its nonce waits without mining empty blocks, and goes when the gap is filled', async () => {
  const on = await start()
  const sign = sender(on)
  const client = reader(on.rpcUrl)
  const later = await client.sendRawTransaction({ serializedTransaction: await sign(1) })
  await sendAndWait(on, [0])
  await client.waitForTransactionReceipt({ hash: later })
  expect(Number(await client.getBlockNumber())).toBeLessThanOrEqual(2)
})

test('the same blocks are there after a stop, a snapshot and a kill of the node', async () => {
  let on = await start()
  await sendAndWait(on, [0, 1])
  const first = await reader(on.rpcUrl).getBlock()
  await on.stop()
  on = await start()
  expect((await reader(on.rpcUrl).getBlock()).hash).toBe(first.hash)
  await on.snapshot()
  expect(on.status().generation).toBe(1)
  const [hash] = await sendAndWait(on, [2])
  const second = await reader(on.rpcUrl).getBlock()
  process.kill(on.status().nodePid!, 'SIGKILL')
  await expect.poll(() => on.status().restarts, { timeout: 10_000 }).toBe(1)
  expect((await reader(on.rpcUrl).getBlock()).hash).toBe(second.hash)
  expect((await reader(on.rpcUrl).getTransactionReceipt({ hash: hash! })).status).toBe('success')
  await sendAndWait(on, [3])
  await on.stop()
  on = await start()
  expect(await reader(on.rpcUrl).getBalance({ address: receiver })).toBe(4n)
})

test('what waited in the pool at a snapshot is still there after a kill', async () => {
  const on = await start()
  const client = reader(on.rpcUrl)
  await sendAndWait(on, [0])
  const waiting = await client.sendRawTransaction({ serializedTransaction: await sender(on)(2) })
  await on.snapshot()
  process.kill(on.status().nodePid!, 'SIGKILL')
  await expect.poll(() => on.status().restarts, { timeout: 10_000 }).toBe(1)
  await sendAndWait(on, [1])
  expect((await client.waitForTransactionReceipt({ hash: waiting })).status).toBe('success')
})

test('an unreadable newest snapshot is passed over for the one before', async () => {
  let on = await start()
  await sendAndWait(on, [0])
  await on.snapshot()
  await sendAndWait(on, [1])
  await on.snapshot()
  await sendAndWait(on, [2])
  const head = (await reader(on.rpcUrl).getBlock()).hash
  await on.stop()
  await writeFile(snapshotPath(folder, 2), 'torn')
  on = await start()
  expect((await reader(on.rpcUrl).getBlock()).hash).toBe(head)
  expect((await readdir(folder)).some((name) => name.endsWith('.tmp'))).toBe(false)
})

test('a folder in use by a living server, and a port in use, are refused in words', async () => {
  const on = await start()
  const port = Number(new URL(on.rpcUrl).port)
  const other = await mkdtemp(join(tmpdir(), 'werenode-chain-'))
  await expect(startEmbeddedChain({ folder: other, log, rpcPort: port })).rejects.toMatchObject({
    code: 'conflict',
    message: `Port ${port} for the chain is already in use`,
  })
  await rm(other, { recursive: true, force: true })
})

test('the door lets reading and signed transactions through, and nothing that changes the node', async () => {
  const on = await start()
  for (const method of [
    'anvil_setBalance',
    'evm_mine',
    'eth_sendTransaction',
    'eth_sign',
    'debug_traceCall',
    'hardhat_reset',
  ])
    expect((await rpc(on.rpcUrl, method)).error?.code).toBe(-32601)
  expect((await rpc(on.rpcUrl, 'eth_accounts')).result).toEqual([])
  expect((await rpc(on.rpcUrl, 'eth_sendRawTransaction', '0xzz')).error?.code).toBe(-32602)
  expect((await rpc(on.rpcUrl, 'eth_sendRawTransaction', '0x1234')).error?.message).toContain('decode')
  const garbage = await fetch(on.rpcUrl, { method: 'POST', body: '{' })
  expect(await garbage.json()).toMatchObject({ error: { code: -32700 } })
  const large = await fetch(on.rpcUrl, { method: 'POST', body: 'x'.repeat(1_100_000) })
  expect(large.status).toBe(413)
  const preflight = await fetch(on.rpcUrl, { method: 'OPTIONS' })
  expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
})

test('a caller beyond the rate limit is told so; our own services are not limited', async () => {
  const on = await start({ callsPerSecond: 10 })
  const many = (url: string) => Promise.all(Array.from({ length: 80 }, () => rpc(url, 'eth_chainId')))
  expect((await many(on.rpcUrl)).some((answer) => answer.error?.code === -32005)).toBe(true)
  expect((await many(on.trustedRpcUrl)).every((answer) => answer.error === undefined)).toBe(true)
})

test('a simulation on an idle chain sees the present time', async () => {
  let nowMs = Date.now()
  const on = await start({ nowMs: () => nowMs })
  await sendAndWait(on, [0])
  nowMs += 7_200_000
  // TIMESTAMP, MSTORE, RETURN
  const { result } = await rpc(on.rpcUrl, 'eth_call', { data: '0x4260005260206000f3' }, 'latest')
  expect(Number(BigInt(result as Hex))).toBe(Math.floor(nowMs / 1000))
})

test('a browser follows new blocks over WebSocket and sends its transaction there', async () => {
  const on = await start()
  const client = createWalletClient({
    account: privateKeyToAccount(on.funder.privateKey),
    transport: webSocket(on.wsUrl),
  })
  const follower = createPublicClient({ transport: webSocket(on.wsUrl) })
  const seen: bigint[] = []
  const stop = follower.watchBlockNumber({ onBlockNumber: (number) => seen.push(number) })
  await client.sendRawTransaction({ serializedTransaction: await sender(on)(0) })
  await expect.poll(() => seen.at(-1), { timeout: 10_000 }).toBe(1n)
  stop()
})
