import { mkdir } from 'node:fs/promises'
import { type Address, type Hex, WerenodeError } from '@werenode/core'
import type { Logger } from 'pino'
import { privateKeyToAddress } from 'viem/accounts'
import { anvilBinary } from './anvil-binary.ts'
import { beginLife, type ChainLife } from './chain-life.ts'
import { openDoor } from './door.ts'
import { openGenesis } from './genesis.ts'
import { claimFolder, releaseFolder } from './leftover.ts'
import { readOverMining } from './over-mining.ts'

export interface EmbeddedChainOptions {
  /** Where genesis, snapshots and journal live; made when missing. */
  readonly folder: string
  readonly log: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>
  /** Default 31337; fixed by the first start. */
  readonly chainId?: number
  /** Port of the public JSON-RPC door; 0 or nothing: any free one. */
  readonly rpcPort?: number
  /** Interface of the door; default loopback. */
  readonly rpcHost?: string
  /** Least time between two blocks, 50 to 200 ms; default 100. */
  readonly blockIntervalMs?: number
  /** Transactions and blocks after which a snapshot is taken; default 1,500. */
  readonly snapshotEvery?: number
  /** The anvil program; default: ANVIL_PATH or the platform's package. */
  readonly binary?: string
  readonly nowMs?: () => number
  /** Weighted calls per second and address at the public door (methods.ts). */
  readonly callsPerSecond?: number
}

export interface EmbeddedChain {
  readonly chainId: number
  /** The public door, HTTP; the same address speaks WebSocket (`wsUrl`). */
  readonly rpcUrl: string
  readonly wsUrl: string
  /** The same without rate limit, for this node's own services; never to be shown. */
  readonly trustedRpcUrl: string
  /** Holds the coins of genesis: deploys the contracts and funds the relayer. */
  readonly funder: { readonly address: Address; readonly privateKey: Hex }
  status(): {
    readonly running: boolean
    /** Process of the node; undefined while it restarts. */
    readonly nodePid: number | undefined
    readonly restarts: number
    readonly generation: number
    readonly replayedBlocks: number
  }
  /** Takes a snapshot now. */
  snapshot(): Promise<void>
  stop(): Promise<void>
}

const restartPausesMs = [0, 200, 1000, 3000, 10_000]

/**
 * The default network: a local chain that survives SIGKILL of the server and of the node at any time. Every block is journalled
 * before it is mined; snapshots keep the journal short. Throws `not-found` (no anvil for this machine), `conflict` (folder or
 * port in use) and `store-unavailable` (damaged folder), each with what to do.
 */
export const startEmbeddedChain = async (options: EmbeddedChainOptions): Promise<EmbeddedChain> => {
  const { folder, log } = options
  const nowMs = options.nowMs ?? Date.now
  const binary = options.binary ?? anvilBinary()
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await claimFolder(folder, log)
  const genesis = await openGenesis(folder, options.chainId ?? 31_337, new Date(nowMs()))

  let life: ChainLife | undefined
  let last: ChainLife | undefined
  let restarts = 0
  let stopping = false
  let restarting: Promise<void> = Promise.resolve()
  const waiting: (() => void)[] = []

  const begin = async (): Promise<void> => {
    const begun = await beginLife({
      folder,
      binary,
      genesis,
      nowMs,
      log,
      blockIntervalMs: options.blockIntervalMs ?? 100,
      snapshotEvery: options.snapshotEvery ?? 1500,
    })
    if (stopping) return begun.end({ keep: false })
    life = begun
    last = begun
    void begun.node.exited.then((how) => {
      restarting = onEnd(begun, how)
    })
    // What waited in the pool when the node ended is pending again.
    await begun.loop.seal()
    for (const resolve of waiting.splice(0)) resolve()
  }

  const onEnd = async (ended: ChainLife, how: string): Promise<void> => {
    if (life === ended) life = undefined
    if (stopping) return
    log.error({ how }, 'the local chain ended unexpectedly; starting it again')
    await ended.end({ keep: false })
    for (let attempt = 0; !stopping; attempt += 1) {
      restarts += 1
      await new Promise((resolve) =>
        setTimeout(resolve, restartPausesMs[Math.min(attempt, restartPausesMs.length - 1)]),
      )
      try {
        await begin()
        return
      } catch (error) {
        log.error({ err: error }, 'the local chain could not be started again; trying once more')
      }
    }
  }

  /** The running node; while it restarts, callers wait up to five seconds. */
  const running = async (): Promise<ChainLife> => {
    if (!life && !stopping)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 5000)
        waiting.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    if (life) return life
    throw new WerenodeError('chain-unavailable', 'The local chain is stopping or restarting')
  }

  await begin()
  const door = await openDoor({
    chain: {
      read: readOverMining(async (calls) => (await running()).node.rpc.batch(calls)),
      send: async (raw) => (await running()).loop.send(raw),
      headTimestamp: () => last?.headTimestamp() ?? 0,
    },
    upstream: () => life?.node.url.replace('http', 'ws'),
    ...(options.rpcHost === undefined ? {} : { host: options.rpcHost }),
    ...(options.rpcPort === undefined ? {} : { port: options.rpcPort }),
    ...(options.callsPerSecond === undefined ? {} : { perSecond: options.callsPerSecond }),
    nowMs,
    log,
  }).catch(async (error: unknown) => {
    stopping = true
    await life?.end({ keep: false })
    await releaseFolder(folder)
    throw error
  })

  return {
    chainId: genesis.chainId,
    rpcUrl: door.url,
    wsUrl: door.url.replace('http', 'ws'),
    trustedRpcUrl: door.trustedUrl,
    funder: { address: privateKeyToAddress(genesis.funderKey).toLowerCase() as Address, privateKey: genesis.funderKey },
    status: () => ({
      running: life !== undefined,
      nodePid: life?.node.pid,
      restarts,
      generation: last?.generation() ?? 0,
      replayedBlocks: last?.replayedBlocks ?? 0,
    }),
    snapshot: async () => (await running()).snapshot(),
    stop: async () => {
      stopping = true
      for (const resolve of waiting.splice(0)) resolve()
      await door.close()
      await restarting
      await life?.end({ keep: true })
      await releaseFolder(folder)
    },
  }
}
