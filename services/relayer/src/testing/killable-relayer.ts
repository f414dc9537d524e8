/**
 * A relayer in a process of its own, on a SQLite store, for kill tests: submits what the order file says, ends by SIGKILL at the
 * named point, or tells when all is confirmed and ends.
 */
import { readFile } from 'node:fs/promises'
import { createInProcessBus } from '@werenode/bus'
import { ask, type ChainIntent } from '@werenode/core'
import { openSqliteStore } from '@werenode/store'
import type { NetworkFacts } from '../contracts/network.ts'
import { createRelayer } from '../relayer.ts'
import { type CheckpointRow, checkpointId, collections, type IntentRow } from '../rows.ts'
import type { RelayerKeys } from '../signing/key-file.ts'
import { log } from './log.ts'

export interface KillOrder {
  readonly rpcUrl: string
  readonly folder: string
  readonly network: NetworkFacts
  readonly keys: RelayerKeys
  readonly intents: readonly { readonly key: string; readonly intent: ChainIntent }[]
}

const order = JSON.parse(await readFile(process.argv[2]!, 'utf8')) as KillOrder
const [point, nth] = (process.argv[3] ?? '').split('@')
let passed = 0
globalThis.werenodeFaultPoint = (name) => {
  if (name !== point) return
  passed += 1
  if (passed === Number(nth)) process.kill(process.pid, 'SIGKILL')
}

const clock = () => new Date()
const store = await openSqliteStore({ folder: order.folder })
const bus = await createInProcessBus({ store, clock })
const relayer = createRelayer({
  store,
  bus,
  clock,
  log,
  rpcUrls: [order.rpcUrl],
  network: order.network,
  keys: order.keys,
  settings: { busyPollMs: 20, idlePollMs: 20, batchWaitMs: 30, resendAfterMs: 200, takenAfterMs: 200 },
})
await relayer.start()
for (const { key, intent } of order.intents) await ask(bus, 'relayer.submit', { key, intent })
/** The told head is the chain's: a reorganisation while we were dead has been seen to. */
const toldIsTrue = async (): Promise<boolean> => {
  const told = await store.get<CheckpointRow>(collections.state, checkpointId)
  const response = await fetch(order.rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_getBlockByNumber', params: ['latest', false] }),
  })
  const { result } = (await response.json()) as { result: { hash: string } }
  return told?.hash === result.hash
}
for (;;) {
  const rows = await store.getMany<IntentRow>(
    collections.intents,
    order.intents.map(({ key }) => key),
  )
  const failed = rows.find((row) => row.status === 'failed')
  if (failed) throw new Error(`${failed._id} failed: ${failed.error}`)
  const done = rows.length === order.intents.length && rows.every((row) => row.status === 'confirmed')
  if (done && (await toldIsTrue())) break
  await new Promise((resolve) => setTimeout(resolve, 20))
}
await relayer.stop()
await bus.close()
await store.close()
