import { atMost, equals, type Proof, told } from './figures.ts'
import { contestants, type Kind } from './ocpp/contestants.ts'
import { type Line, openLines, sendAll, sendSteadily } from './ocpp/fleet.ts'
import { idleCost } from './ocpp/idle.ts'
import { type ServerProcess, startServer } from './ocpp/server-process.ts'

/** One process of a contestant with its stations on the line. */
interface Entrant {
  readonly kind: Kind
  readonly server: ServerProcess
  readonly lines: readonly Line[]
  readonly cpuUs: number[]
  readonly perSecond: number[]
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const round = (value: number, digits = 2): number => Number(value.toFixed(digits))

/**
 * What a validated, durably stored MeterValues costs, side by side in one run: floor (bare ws, precompiled validator, the same rows in
 * the same store), peer (ocpp-rpc, strict, the same rows) and ours, each in processes of its own: two of the same differ by several
 * per cent, by what their compilers made of them. Short rounds alternate, so that a busy machine is busy for all. Then what an idle
 * connection takes, and how fast all come back.
 */
const ocpp: Proof = async ({ long, report }) => {
  const stations = long ? 400 : 100
  const processes = long ? 3 : 2
  const warmTurns = long ? 40 : 22
  const rounds = long ? 20 : 10
  const readings = long ? 2_000 : 1_000
  const entrants: Entrant[] = []
  const of = (kind: Kind): readonly Entrant[] => entrants.filter((entrant) => entrant.kind === kind)
  try {
    for (let process = 0; process < processes; process += 1)
      for (const kind of contestants) {
        const server = await startServer(kind, stations)
        const entrant: Entrant = { kind, server, lines: [], cpuUs: [], perSecond: [] }
        entrants.push(entrant)
        entrants[entrants.length - 1] = { ...entrant, lines: await openLines(server.port, stations, true) }
      }
    // Compilers warm up: what a service costs in its first seconds is not what it costs in its years. Some thirty thousand messages
    // pass until the last hot function of each is compiled anew.
    for (let turn = 0; turn < warmTurns; turn += 1) for (const { lines } of entrants) await sendAll(lines, readings)
    /** What all came to, from the beginning of one turn of a process to the beginning of its next: its work beside the messages is in it. */
    const began = new Map<Entrant, number>()
    const takeCpu = async (entrant: Entrant, question: 'cpu' | 'settle' = 'cpu'): Promise<void> => {
      const now = (await entrant.server.ask(question)).cpuUs
      const before = began.get(entrant)
      if (before !== undefined) entrant.cpuUs.push((now - before) / readings)
      began.set(entrant, now)
    }
    for (const { server } of entrants) await server.ask('settle')
    for (let turn = 0; turn < rounds; turn += 1) {
      for (const entrant of entrants) {
        await takeCpu(entrant)
        const start = performance.now()
        await sendAll(entrant.lines, readings)
        entrant.perSecond.push((readings / (performance.now() - start)) * 1000)
      }
      if (turn > 0)
        report(
          contestants
            .map((kind) => `${kind} ${mean(of(kind).map((one) => one.cpuUs.at(-1)!)).toFixed(0)} us`)
            .join(', '),
        )
    }
    for (const entrant of entrants) await takeCpu(entrant, 'settle')
    /** All that was used, what was written beside the work in it, which comes in some rounds and not in others. */
    const cpu = (kind: Kind): number => mean(of(kind).flatMap(({ cpuUs }) => cpuUs))
    const rate = (kind: Kind): number => median(of(kind).flatMap(({ perSecond }) => perSecond))
    const steady = await sendSteadily(of('ours')[0]!.lines, rate('ours') / 2, long ? 20_000 : 3_000)
    for (const { server } of entrants) await server.stop()
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
    for (const { server } of entrants) await server.stop()
  }
}

export default ocpp
