import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Bus, Store } from '@werenode/core'
import { Aedes } from 'aedes'
import pino from 'pino'
import { createMqttService } from '../src/index.ts'

/** One measured figure beside its bar, as `proof/` prints them. */
interface Figure {
  readonly value: number | string | boolean
  readonly bar?: number | string | boolean
  readonly holds: boolean
}

/** Stores and buses are handed in: a service constructs no adapter. */
export interface MqttProofDeps {
  readonly report: (text: string) => void
  readonly long: boolean
  /** A fresh, durable house on disk. */
  readonly open: () => Promise<{ store: Store; bus: Bus; close(): Promise<void> }>
}

/** CPU per reading against bare aedes plus the same insert. */
const cpuBar = 1.7

/** How many plugs one process carries, and what a reading costs from the wire to durable storage. */
export const proveMqtt = async ({ report, long, open }: MqttProofDeps): Promise<Readonly<Record<string, Figure>>> => {
  const plugs = long ? 200 : 40
  const readings = long ? 200 : 60
  const rounds = long ? 5 : 3
  const ours: Measured[] = []
  const bare: Measured[] = []
  for (let round = 0; round < rounds; round += 1) {
    // In turns, so that a machine that warms up or is busy is so for both.
    bare.push(await measureBare(open, plugs, readings))
    ours.push(await measureOurs(open, plugs, readings))
    report(
      `round ${round + 1}: ours ${ours.at(-1)!.cpuUs.toFixed(0)} us, bare aedes and insert ${bare.at(-1)!.cpuUs.toFixed(0)} us of CPU a reading`,
    )
  }
  const ratios = ours.map(({ cpuUs }, round) => cpuUs / bare[round]!.cpuUs).sort((a, b) => a - b)
  const ratio = Number(ratios[Math.floor(ratios.length / 2)]!.toFixed(2))
  const best = ours.reduce((one, other) => (one.cpuUs < other.cpuUs ? one : other))
  const idle = await measureIdle(open, long ? 10_000 : 60, report)
  return {
    cpuRatio: { value: ratio, bar: `<= ${cpuBar}`, holds: ratio <= cpuBar },
    cpuUsPerReading: { value: Math.round(best.cpuUs), holds: true },
    durableReadingsPerS: { value: Math.round(best.perS), holds: true },
    acknowledgedP99Ms: { value: Number(best.p99Ms.toFixed(1)), holds: true },
    readingsLost: {
      value: ours.reduce((sum, { lost }) => sum + lost, 0),
      bar: 0,
      holds: ours.every(({ lost }) => lost === 0),
    },
    plugsIdle: { value: idle.held, bar: idle.wanted, holds: idle.held === idle.wanted },
    // Of few plugs the memory of the process itself would be most of it.
    ...(long ? { kBPerIdlePlug: { value: Math.round(idle.bytesEach / 1024), holds: true } } : {}),
  }
}

interface Measured {
  readonly cpuUs: number
  readonly perS: number
  readonly p99Ms: number
  readonly lost: number
}

interface LoadPlug {
  readonly username: string
  readonly password: string
  readonly topic: string
}

const startLoad = async (url: string, plugs: readonly LoadPlug[], readings: number) => {
  const child: ChildProcess = spawn(process.execPath, [fileURLToPath(new URL('./load.ts', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const waiting: ((told: Record<string, number>) => void)[] = []
  const told: Record<string, number>[] = []
  createInterface({ input: child.stdout! }).on('line', (line) => {
    const message = JSON.parse(line) as Record<string, number>
    const next = waiting.shift()
    if (next) next(message)
    else told.push(message)
  })
  const next = (): Promise<Record<string, number>> =>
    new Promise((resolve, reject) => {
      const ready = told.shift()
      if (ready) return resolve(ready)
      waiting.push(resolve)
      child.once('exit', () => reject(new Error('The load process ended early')))
    })
  child.stdin!.write(`${JSON.stringify({ url, plugs, readings })}\n`)
  const connected = await next()
  return {
    connected: connected.connected ?? 0,
    run: async () => {
      child.kill('SIGUSR2')
      return next()
    },
    stop: () =>
      new Promise<void>((resolve) => {
        child.once('exit', () => resolve())
        child.kill('SIGKILL')
      }),
  }
}

const measure = async (url: string, plugs: readonly LoadPlug[], readings: number): Promise<Omit<Measured, 'lost'>> => {
  const load = await startLoad(url, plugs, readings)
  const cpu = process.cpuUsage()
  const from = performance.now()
  const { done = 0, p99Ms = 0 } = await load.run()
  const used = process.cpuUsage(cpu)
  const seconds = (performance.now() - from) / 1000
  await load.stop()
  return { cpuUs: (used.user + used.system) / done, perS: done / seconds, p99Ms }
}

const pointAt = (text: string) => {
  const { ENERGY } = JSON.parse(text) as { ENERGY: { Total: number; Power: number; Voltage: number; Current: number } }
  return {
    wh: ENERGY.Total * 1000,
    c: ENERGY.Total * 1000,
    w: ENERGY.Power,
    v: ENERGY.Voltage,
    a: ENERGY.Current,
    by: 'counter',
  }
}

/** aedes as it comes, and the insert of the same point. */
const measureBare = async (open: MqttProofDeps['open'], count: number, readings: number): Promise<Measured> => {
  const house = await open()
  const broker = await Aedes.createBroker({
    authorizePublish: (_, packet, done) => {
      const [, key] = packet.topic.split('/')
      const point = { at: Date.now(), value: pointAt(packet.payload.toString()) }
      house.store.write([{ op: 'append', series: 'bare', key: key!, points: [point] }]).then(
        () => done(null),
        (error: unknown) => done(error as Error),
      )
    },
  })
  const server = createServer(broker.handle)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const { port } = server.address() as { port: number }
  const plugs = Array.from({ length: count }, (_, index) => ({
    username: `P${index}`,
    password: 'unused',
    topic: `tele/tasmota_P${index}/SENSOR`,
  }))
  const measured = await measure(`mqtt://127.0.0.1:${port}`, plugs, readings)
  await new Promise<void>((resolve) => broker.close(() => server.close(() => resolve())))
  await house.close()
  return { ...measured, lost: 0 }
}

const openService = async (open: MqttProofDeps['open']) => {
  const house = await open()
  const service = createMqttService({
    store: house.store,
    bus: house.bus,
    clock: () => new Date(),
    log: pino({ level: 'silent' }),
    port: 0,
    host: '127.0.0.1',
    limits: { packetsPerS: 1_000_000, burst: 1_000_000 },
  })
  await service.start()
  return { house, service }
}

const addMany = async (
  service: Awaited<ReturnType<typeof openService>>['service'],
  count: number,
): Promise<LoadPlug[]> => {
  const plugs: LoadPlug[] = []
  const queue = Array.from({ length: count }, (_, index) => `P${index}`)
  const lane = async (): Promise<void> => {
    for (let plugId = queue.pop(); plugId !== undefined; plugId = queue.pop()) {
      const topic = `tasmota_${plugId}`
      const added = await service.addPlug({ plugId, family: 'tasmota', variables: { topic }, ratedPowerW: 2300 })
      plugs.push({ username: plugId, password: added.password!, topic: `tele/${topic}/SENSOR` })
    }
  }
  await Promise.all(Array.from({ length: 8 }, lane))
  return plugs
}

/** The whole service: door, access lists, profile, meter, series. */
const measureOurs = async (open: MqttProofDeps['open'], count: number, readings: number): Promise<Measured> => {
  const { house, service } = await openService(open)
  const plugs = await addMany(service, count)
  const measured = await measure(service.url, plugs, readings)
  let lost = 0
  for (const { username } of plugs) lost += readings + 1 - (await service.history(username, {})).length
  await service.stop()
  await house.close()
  return { ...measured, lost }
}

/** Plugs that are connected and rarely say anything. */
const measureIdle = async (open: MqttProofDeps['open'], count: number, report: (text: string) => void) => {
  const { house, service } = await openService(open)
  const plugs = await addMany(service, count)
  report(`${count} plugs are registered`)
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  const load = await startLoad(service.url, plugs, 0)
  const held = service.connected
  const bytesEach = (process.memoryUsage().rss - before) / count
  report(`${held} plugs are held`)
  await load.stop()
  await service.stop()
  await house.close()
  return { held, wanted: count, bytesEach }
}
