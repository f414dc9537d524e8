import { createSetBackWatch, isWerenodeError } from '@werenode/core'
import type { Checkpoint } from './indexer/checkpoint.ts'
import { createFollower } from './indexer/follow.ts'
import { rollBack } from './indexer/rollback.ts'
import { createLease } from './lease.ts'
import type { ChainNow, QueueContext } from './queue/context.ts'
import { prepare } from './queue/prepare.ts'
import { prune } from './queue/prune.ts'
import { sendPrepared } from './queue/send.ts'
import { createWatcher } from './queue/watch.ts'
import { collections, type GasRow, gasId, type SlotRow } from './rows.ts'
import type { Header } from './rpc/read-chain.ts'

export interface Turns {
  start(): void
  /** Finishes the turn under way. */
  stop(): Promise<void>
  /** Takes the next turn now. */
  wake(): void
  /** Newest block seen. */
  head(): Header | undefined
  lastTurnAtMs(): number
}

const pruneEveryMs = 30_000
/** Steps of catching up in one turn; in between, the queue gets its share. */
const stepsPerTurn = 20

/**
 * Turn by turn: look at the head, tell new logs (or go back after a reorganisation), look after what was sent, prepare and send what
 * waits. All state is in the store; a turn that fails leaves whole what it wrote and is tried again.
 */
export const createTurns = (context: QueueContext, checkpoint: Checkpoint): Turns => {
  const { store, clock, log, settings, metrics, reader } = context
  const follower = createFollower({ ...context, checkpoint, depth: settings.depth })
  const watch = createWatcher(context)
  const lease = createLease(store, clock)
  const nowMs = (): number => clock().getTime()
  const wasSetBack = createSetBackWatch(nowMs, () => performance.now())

  let head: Header | undefined
  let lastTurnAtMs = 0
  let prunedAtMs = 0
  let running = false
  let loop: Promise<void> = Promise.resolve()
  let woken = false
  let wakeUp: (() => void) | undefined

  /** Reads own rows as last written: at the start, and after a write that found them changed. */
  const reload = async (): Promise<void> => {
    context.mood.lookAtAllWaiting = true
    await checkpoint.load()
    const day = gasId(clock())
    context.mood.gas = { day, wei: BigInt((await store.get<GasRow>(collections.state, day))?.wei ?? 0) }
    context.active.clear()
    for (const state of ['prepared', 'sent']) {
      const rows = await store.find<SlotRow>(collections.slots, { state }, { sort: [['nonce', 1]], limit: 10_000 })
      for (const row of rows.items) if (row.sender === context.senderAddress) context.active.set(row.nonce, row)
    }
  }

  /** Resolves true when there may be more to do at once. */
  const turn = async (): Promise<boolean> => {
    const seen = await reader.now(context.senderAddress)
    head = seen.head
    let told = await follower.step(head)
    for (let steps = 1; told === 'told' && steps < stepsPerTurn; steps += 1) told = await follower.step(head)
    if (told === 'reorganised') await rollBack(context, checkpoint)

    const now: ChainNow = {
      head,
      nonce: seen.nonce,
      checkpoint: { number: checkpoint.number, epoch: checkpoint.epoch },
      hashAt: checkpoint.hashAt,
    }
    await watch(now)
    const prepared = await prepare(context, now)
    await sendPrepared(context, now)
    if (nowMs() - prunedAtMs > pruneEveryMs) {
      prunedAtMs = nowMs()
      await prune(context, checkpoint.number)
    }
    metrics.headBlock.set(Number(head.number))
    metrics.toldBlock.set(checkpoint.number)
    metrics.queued.set(context.mood.queued)
    metrics.unmined.set(context.active.size)
    return prepared || told !== 'up-to-date'
  }

  /** Another process works: only what health needs is looked at. */
  const standBy = async (): Promise<boolean> => {
    head = await reader.head()
    await checkpoint.load()
    return false
  }

  const run = async (): Promise<void> => {
    let stale = true
    let failures = 0
    while (running) {
      let again = false
      try {
        const ours = !settings.sharedStore || (await lease.held())
        // Another process wrote in the meantime: what we remember is old.
        if ((wasSetBack() || stale) && ours) await reload()
        stale = !ours
        again = ours ? await turn() : await standBy()
        failures = 0
        lastTurnAtMs = nowMs()
      } catch (error) {
        stale = true
        failures += 1
        const expected = isWerenodeError(error) && ['chain-unavailable', 'store-unavailable'].includes(error.code)
        if (!expected) log.error({ err: error }, 'a turn of the relayer failed; trying again')
      }
      if (!again && running) await rest(failures)
    }
  }

  const rest = async (failures: number): Promise<void> => {
    if (woken && failures === 0) {
      woken = false
      return
    }
    const poll = context.active.size > 0 ? settings.busyPollMs : settings.idlePollMs
    const due = context.mood.nextDueAtMs === undefined ? poll : Math.max(1, context.mood.nextDueAtMs - nowMs())
    const pause = failures > 0 ? Math.min(3000, 50 * 2 ** failures) : Math.min(poll, due)
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pause)
      wakeUp = () => {
        // After trouble the pause is kept, but not when we are to stop.
        if (failures > 0 && running) return
        clearTimeout(timer)
        resolve()
      }
    })
    wakeUp = undefined
    woken = false
  }

  const wake = (): void => {
    woken = true
    wakeUp?.()
  }

  return {
    start: () => {
      running = true
      loop = run()
    },
    stop: async () => {
      running = false
      wake()
      await loop
      if (settings.sharedStore) await lease.release()
    },
    wake,
    head: () => head,
    lastTurnAtMs: () => lastTurnAtMs,
  }
}
