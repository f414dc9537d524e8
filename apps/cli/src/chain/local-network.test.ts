import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInProcessBus } from '@werenode/bus'
import { ask } from '@werenode/core'
import { createRelayer } from '@werenode/relayer'
import { openMemoryStore } from '@werenode/store'
import pino from 'pino'
import { expect, test } from 'vitest'
import { openLocalNetwork } from '../node/local-network.ts'
import { startEmbeddedChain } from './embedded-chain.ts'

const log = pino({ level: 'silent' })
const clock = () => new Date()

test('the first start deploys and registers, the second finds all as it was, and the relayer gives credit on it', {
  timeout: 60_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'werenode-local-'))
  const open = async () => {
    const startedAtMs = Date.now()
    const chain = await startEmbeddedChain({ folder: join(folder, 'chain'), log, blockIntervalMs: 50 })
    const { network, keys } = await openLocalNetwork({ chain, keyFile: join(folder, 'keys.json'), clock, log })
    return { chain, keys, network, tookMs: Date.now() - startedAtMs }
  }
  try {
    const first = await open()
    const height = await blockNumber(first.chain.rpcUrl)
    await first.chain.stop()

    const second = await open()
    try {
      expect(second.network).toEqual(first.network)
      expect(await blockNumber(second.chain.rpcUrl)).toBe(height)
      const store = await openMemoryStore()
      const bus = await createInProcessBus({ store, clock })
      const { network, keys } = second
      const relayer = createRelayer({ store, bus, clock, log, rpcUrls: [second.chain.trustedRpcUrl], network, keys })
      await relayer.start()
      const account = '0x00000000000000000000000000000000000000aa' as const
      await ask(bus, 'relayer.faucet', { account, amountMicro: '25000000' })
      await expect
        .poll(async () => (await ask(bus, 'relayer.credit', { account })).creditMicro, { timeout: 10_000 })
        .toBe('25000000')
      expect(await ask(bus, 'relayer.health', {})).toMatchObject({ canOpen: true })
      await relayer.stop()
      await bus.close()
      await store.close()
    } finally {
      await second.chain.stop()
    }
    console.info(`first start ${first.tookMs} ms, second ${second.tookMs} ms`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

const blockNumber = async (url: string): Promise<string> => {
  const response = await fetch(url, {
    method: 'POST',
    body: '{"jsonrpc":"2.0","id":1,"method":"eth_blockNumber","params":[]}',
  })
  return ((await response.json()) as { result: string }).result
}
