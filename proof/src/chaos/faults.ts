import { setTimeout as pause } from 'node:timers/promises'
import type { TestCluster } from '@werenode/bus/testing'
import type { Store } from '@werenode/core'
import { clocksCanJump } from './clock.ts'
import type { SmallDisk } from './disk.ts'
import type { House, Worker } from './house.ts'

/** One kind of harm; resolves when it is over and what was killed is started again. */
interface Fault {
  readonly name: string
  make(): Promise<void>
}

export interface Harm {
  /** How often each fault was made. */
  readonly made: Readonly<Record<string, number>>
  /** From the kill of an OCPP process until none of its stations is held by it any more, ms. */
  readonly handOverMs: readonly number[]
  /** Processes that nobody killed and that ended, with the fault that was being made and their last words; they were started again. */
  readonly fallen: readonly string[]
}

export interface HarmPlan {
  readonly seconds: number
  /** Goes on past the time until each fault was made once, which on a slow machine takes longer. */
  readonly everyFault: boolean
  /** How long a partition, a full disk, a frozen process or a wrong clock lasts, ms, from and to. */
  readonly lastsMs: readonly [number, number]
  /** Between two faults, ms, from and to. */
  readonly pauseMs: readonly [number, number]
  /** Kinds of processes of which none is left out. */
  readonly kinds: readonly string[]
  readonly report: (line: string) => void
}

const any = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!
const between = ([from, to]: readonly [number, number]): number => from + Math.random() * (to - from)
const shuffled = <T>(list: readonly T[]): T[] =>
  list
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)

const CLOCK_JUMP_S = 600

/** Hurts the house in every way it knows, in random order, each at least once a round, until the time is over. */
export const hurt = async (
  house: House,
  nats: TestCluster,
  disk: SmallDisk,
  store: Store,
  plan: HarmPlan,
): Promise<Harm> => {
  const made: Record<string, number> = {}
  const handOverMs: number[] = []
  const fallen: string[] = []
  const of = (kind: string): readonly Worker[] => house.workers.filter((worker) => worker.kind === kind)
  const last = (): Promise<void> => pause(between(plan.lastsMs))

  /** Until no link is held by the one that was killed. */
  const handedOver = async (holder: string): Promise<void> => {
    const startedAt = performance.now()
    const isHeld = async (): Promise<boolean> =>
      (await store.count('ocpp_links', { holder, connected: true }).catch(() => 1)) > 0
    while (performance.now() - startedAt < 60_000 && (await isHeld())) await pause(100)
    handOverMs.push(Math.round(performance.now() - startedAt))
  }

  /** As a supervisor would: one that ends while it starts is told, and started once more. */
  const begin = async (worker: Worker): Promise<void> => {
    try {
      await worker.start()
    } catch (error) {
      fallen.push(`${worker.name} while starting: ${String(error).slice(-300)}`)
      await worker.start()
    }
  }

  const kills = plan.kinds.map(
    (kind): Fault => ({
      name: `kill ${kind}`,
      make: async () => {
        const worker = any(of(kind))
        await worker.kill()
        if (kind === 'ocpp' && of(kind).length > 1) await handedOver(worker.name)
        else await pause(500)
        await begin(worker)
      },
    }),
  )
  const drains = ['ocpp', 'manager', 'api'].map(
    (kind): Fault => ({
      name: `drain ${kind}`,
      make: async () => {
        const worker = any(of(kind))
        await worker.drain()
        await begin(worker)
      },
    }),
  )
  const cuttable = ['relayer', 'manager', 'ocpp', 'api']
  const partitions = (['bus', 'store'] as const).map(
    (from): Fault => ({
      name: `cut off from ${from}`,
      make: async () => {
        const { wires } = any(of(any(cuttable)))
        for (const wire of wires[from]) wire.cut()
        await last()
        for (const wire of wires[from]) wire.heal()
      },
    }),
  )
  const alone: Fault = {
    name: 'cut off from all',
    make: async () => {
      const { wires } = any(of(any(cuttable)))
      const both = [...wires.bus, ...wires.store]
      for (const wire of both) wire.cut()
      await last()
      for (const wire of both) wire.heal()
    },
  }
  const leader: Fault = {
    name: 'kill NATS leader',
    make: async () => {
      const name = (await nats.leader('werenode_events').catch(() => undefined)) ?? nats.names[0]!
      await nats.kill(name)
      await pause(1_000)
      await nats.start(name)
    },
  }
  const frozen: Fault = {
    // A process that does not run for a while: others take over, and it must notice when it wakes.
    name: 'freeze',
    make: async () => {
      const worker = any(of(any(cuttable)))
      worker.signal('SIGSTOP')
      await last()
      worker.signal('SIGCONT')
    },
  }
  const fullDisk: Fault = {
    name: 'disk full',
    make: async () => {
      disk.fill?.()
      await last()
      disk.free()
    },
  }
  const clock: Fault = {
    name: 'clock jumps',
    make: async () => {
      const worker = any(of(any(cuttable)))
      worker.setClock(Math.random() < 0.5 ? CLOCK_JUMP_S : -CLOCK_JUMP_S)
      await last()
      worker.setClock(0)
    },
  }
  const faults = [
    ...kills,
    ...drains,
    ...partitions,
    alone,
    leader,
    frozen,
    ...(disk.fill === undefined ? [] : [fullDisk]),
    ...(clocksCanJump ? [clock] : []),
  ]
  for (const { name } of faults) made[name] = 0
  const until = Date.now() + plan.seconds * 1_000
  const isDue = (): boolean =>
    Date.now() < until || (plan.everyFault && Object.values(made).some((count) => count === 0))
  for (let round: Fault[] = []; isDue(); ) {
    if (round.length === 0) round = shuffled(faults)
    await pause(between(plan.pauseMs))
    const { name, make } = round.pop()!
    made[name] = (made[name] ?? 0) + 1
    const startedAt = performance.now()
    await make()
    plan.report(`${name} (${((performance.now() - startedAt) / 1_000).toFixed(1)} s)`)
    for (const worker of house.workers) {
      if (worker.isRunning()) continue
      fallen.push(`${worker.name} after "${name}": ${worker.output().trim().slice(-300)}`)
      await begin(worker)
    }
  }
  return { made, handOverMs, fallen }
}
