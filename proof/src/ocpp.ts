import { atMost, equals, type Proof, told } from './figures.ts'
import { contestants, type Kind } from './ocpp/contestants.ts'
import { type Line, openLines, sendAll, sendSteadily } from './ocpp/fleet.ts'
import { idleCost } from './ocpp/idle.ts'
import { type ServerProcess, startServer } from './ocpp/server-process.ts'

/** One contestant with its stations on the line. */
interface Entrant {
  readonly server: ServerProcess
  readonly lines: readonly Line[]
  readonly cpuUs: number[]
  readonly perSecond: number[]
}

/** The message log is written every 8 s: what it costs belongs to the rounds that filled it. */
const settleMs = 8_500

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const round = (value: number, digits = 2): number => Number(value.toFixed(digits))

/**
 * What a validated, durably stored MeterValues costs, side by side in one run: floor (bare ws, precompiled validator, the same rows in
 * the same store), peer (ocpp-rpc, strict, the same rows) and ours, each in a process of its own. Short rounds
 * alternate, so that a busy machine is busy for all three. Then what an idle connection takes, and how fast all come back.
 */
const ocpp: Proof = async ({ long, report }) => {
  const stations = long ? 400 : 100
  const rounds = long ? 30 : 20
  const readings = long ? 2_000 : 1_500
  const entrants = new Map<Kind, Entrant>()
  try {
    for (const kind of contestants) {
      const server = await startServer(kind, stations)
      entrants.set(kind, { server, lines: [], cpuUs: [], perSecond: [] })
      entrants.set(kind, { ...entrants.get(kind)!, lines: await openLines(server.port, stations, true) })
    }
    // Compilers warm up: what a service costs in its first seconds is not what it costs in its years.
    for (let turn = 0; turn < 12; turn += 1) for (const { lines } of entrants.values()) await sendAll(lines, readings)
    /** What all came to, from the beginning of one turn of a contestant to the beginning of its next: its message log is in it. */
    const began = new Map<Kind, number>()
    const takeCpu = async (kind: Kind): Promise<void> => {
      const { server, cpuUs } = entrants.get(kind)!
      const now = (await server.ask('cpu')).cpuUs
      const before = began.get(kind)
      if (before !== undefined) cpuUs.push((now - before) / readings)
      began.set(kind, now)
    }
    for (let turn = 0; turn < rounds; turn += 1) {
      for (const [kind, { lines, perSecond }] of entrants) {
        await takeCpu(kind)
        const start = performance.now()
        await sendAll(lines, readings)
        perSecond.push((readings / (performance.now() - start)) * 1000)
      }
      if (turn > 0)
        report(contestants.map((kind) => `${kind} ${entrants.get(kind)!.cpuUs.at(-1)!.toFixed(0)} us`).join(', '))
    }
    await pause(settleMs)
    for (const kind of contestants) await takeCpu(kind)
    /** All that was used, the message log's writing in it, which comes in some rounds and not in others. */
    const cpu = (kind: Kind): number => mean(entrants.get(kind)!.cpuUs)
    const rate = (kind: Kind): number => median(entrants.get(kind)!.perSecond)
    const steady = await sendSteadily(entrants.get('ours')!.lines, rate('ours') / 2, long ? 20_000 : 3_000)
    for (const { server } of entrants.values()) await server.stop()
    const connections = long ? 10_000 : 2_000
    const idle = await idleCost(connections, report)
    const toFloor = round(cpu('ours') / cpu('floor'))
    const toPeer = round(cpu('ours') / cpu('peer'))
    const throughput = round(rate('ours') / rate('floor'))
    return {
      cpuOfFloorUs: told(round(cpu('floor'), 1)),
      cpuOfPeerUs: told(round(cpu('peer'), 1)),
      cpuOfOursUs: told(round(cpu('ours'), 1)),
      cpuOursToFloor: atMost(toFloor, 1.5),
      cpuOursToPeer: { value: toPeer, bar: '< 1', holds: toPeer < 1 },
      floorPerSecond: told(Math.round(rate('floor'))),
      peerPerSecond: told(Math.round(rate('peer'))),
      oursPerSecond: told(Math.round(rate('ours'))),
      throughputOursToFloor: { value: throughput, bar: '>= 0.7', holds: throughput >= 0.7 },
      p99AtHalfCapacityMs: told(round(steady[Math.floor(steady.length * 0.99)]!, 1)),
      idleConnectionKB: atMost(round(idle.bytesEach / 1000, 1), 15),
      reconnected: equals(idle.connected, connections),
      reconnectS: told(round(idle.reconnectMs / 1000)),
    }
  } finally {
    for (const { server } of entrants.values()) await server.stop()
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

export default ocpp
