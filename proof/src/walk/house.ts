import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { isWerenodeError } from '@werenode/core'
import { type CosignOutcome, createWerenode, type DisplayedQuote, privateKeyWallet, type Werenode } from '@werenode/sdk'
import { type Simulator, spawnSimulator } from '@werenode/simulator'
import { generatePrivateKey } from 'viem/accounts'
import { createVictim, pause, type Victim } from '../kill/server.ts'
import { childrenOf, cpuMs, cpuOf, endProcess } from './cpu.ts'
import { createMarks, type Step, type Tale, type Tell, type Work } from './steps.ts'

const stations = [
  { id: 'WRN-NANTES-1', version: '2.0.1', evseIds: ['FR*WRN*E000001', 'FR*WRN*E000002'], powerW: 150_000, dc: true },
  { id: 'WRN-LYON-1', version: '1.6', evseIds: ['FR*WRN*E000003', 'FR*WRN*E000004'], powerW: 22_000, dc: false },
] as const

/** One driver at one plug, charging again and again. */
interface Lane {
  readonly station: string
  readonly evse: number
  readonly evseId: string
  readonly driver: Werenode
}
export const plugs = stations.flatMap(({ evseIds }) => evseIds).length

/** A reading is on its way from the moment its frame left the station. */
interface StationTimes {
  commandAt: number
  startedAt: number
  endedAt: number
  /** By the station's own time of the sample. */
  readonly readingsAt: Map<number, number>
}

/** The whole house in a process of its own, stations in another, and a driver here who uses the SDK as any app does. */
export const openHouse = async (folder: string) => {
  const victim = await createVictim(folder)
  try {
    await victim.start()
    return await furnish(victim, folder)
  } catch (error) {
    await victim.kill()
    throw error
  }
}

const furnish = async (victim: Victim, folder: string) => {
  const pid = victim.pid()
  const nodes = childrenOf(pid)
  const passwords = JSON.parse(readFileSync(join(folder, 'data', 'simulator', 'passwords.json'), 'utf8')) as Record<
    string,
    string
  >
  const simulator = await spawnSimulator({
    frames: true,
    stations: stations.map(({ id, version, evseIds, powerW, dc }) => ({
      id,
      version,
      url: victim.ocppUrl,
      password: passwords[id]!,
      evses: evseIds.length,
      maxPowerW: powerW,
      dc,
      plugged: true,
    })),
  })
  const heard = listen(simulator)
  const counted = { http: 0, live: 0 }

  const lanes: Lane[] = []
  for (const { id, evseIds } of stations)
    for (const [index, evseId] of evseIds.entries()) {
      const driver = createWerenode({
        baseUrl: victim.origin,
        wallet: privateKeyWallet(generatePrivateKey()),
        fetch: (...request) => {
          counted.http += 1
          return fetch(...request)
        },
      })
      await driver.faucet(1_000_000_000n)
      lanes.push({ station: id, evse: index + 1, evseId, driver })
    }
  for (const { driver } of lanes)
    await until('the faucet gave credit', async () => (await driver.credit()).creditMicro > 0n)
  const readCpu = () => cpuMs(pid)

  /** A quote, as soon as the house knows of the next car; only the asking that is answered counts. */
  const quote = async ({ driver, evseId }: Lane, onAsking: () => void): Promise<DisplayedQuote> => {
    for (const deadline = Date.now() + walkWithinMs; ; ) {
      const calls = counted.http
      onAsking()
      try {
        return await driver.quote({ evseId })
      } catch (error) {
        if (!isWerenodeError(error) || Date.now() > deadline) throw error
        counted.http = calls
        await pause(50)
      }
    }
  }

  /** One charge of one driver: after `readings` values it is stopped. All but the readings is done by one driver at a time. */
  const walk = async (lane: Lane, readings: number, turn: Turn, tell: Tell): Promise<void> => {
    const { driver, evseId } = lane
    const station = heard.get(lane.station)!
    const giveBack = { turn: await turn() }
    let began = 0
    const step = (name: Step, stationsOwnMs = 0) => {
      const at = performance.now()
      tell.end(name, at - began - stationsOwnMs)
      began = at
    }
    try {
      const displayed = await quote(lane, () => {
        tell.begin()
        began = performance.now()
      })
      step('quote')
      await driver.open(displayed)
      let seen = 0
      let cosigned: Promise<CosignOutcome> | undefined
      const signal = AbortSignal.timeout(walkWithinMs)
      for await (const event of driver.live(displayed.sessionId, { fromStart: true, signal })) {
        counted.live += 1
        if (event.type === 'session.meter') {
          const sentAt = station.readingsAt.get(Date.parse(event.data.meterAt))
          if (sentAt === undefined) continue
          if (seen === readings) {
            // A meter tells on until its station has stopped: the slower the machine, the more.
            counted.live -= 1
            continue
          }
          tell.reading(performance.now() - sentAt)
          seen += 1
          if (seen < readings) continue
          giveBack.turn = await turn()
          tell.begin()
          began = performance.now()
          await driver.stop(displayed.sessionId)
        } else if (event.type === 'session.receipt') {
          step('receipt')
          cosigned = driver.cosign(displayed.sessionId)
          cosigned.catch(() => undefined)
        } else if (event.type === 'session.state') {
          const { to } = event.data
          if (to === 'funded') step('open')
          else if (to === 'charging') {
            step('start', station.startedAt - station.commandAt)
            giveBack.turn()
          } else if (to === 'ended') step('stop', station.endedAt - station.commandAt)
          else if (to === 'settled') step('settle')
        }
      }
      const outcome = await cosigned
      if (outcome?.cosigned === false) throw new Error(`The receipt was not co-signed: ${outcome.why}`)
      const { state } = await driver.session(displayed.sessionId)
      counted.http -= 1
      if (state !== 'settled') throw new Error(`The charge at ${evseId} is ${state}, it should be settled.`)
    } finally {
      giveBack.turn()
    }
    // The car leaves and the next one comes.
    await simulator.send({ do: 'plugOut', evse: lane.evse }, lane.station)
    await simulator.send({ do: 'plugIn', evse: lane.evse }, lane.station)
  }

  return {
    /** CPU a second while nothing happens, ms. */
    idle: async (ms: number): Promise<number> => {
      const [before, from] = [readCpu(), performance.now()]
      await pause(ms)
      return ((readCpu() - before) / (performance.now() - from)) * 1000
    },
    walks: async (walks: number, readings: number, idleMsPerS: number): Promise<{ tale: Tale; work: Work }> => {
      const marks = createMarks(readCpu)
      const count = () => ({
        http: counted.http,
        live: counted.live,
        frames: heard.frames(),
        told: heard.readings(),
        rows: rowsWritten(folder),
        cpu: readCpu(),
        node: cpuOf(nodes),
        at: performance.now(),
      })
      const before = count()
      const turn = createTurn()
      let begun = 0
      await Promise.all(
        lanes.map(async (lane) => {
          while (begun < walks) {
            begun += 1
            await walk(lane, readings, turn, marks)
          }
        }),
      )
      const after = count()
      const idleMs = ((after.at - before.at) / 1000) * idleMsPerS
      const each = (key: keyof typeof before) => (after[key] - before[key]) / walks
      return {
        tale: marks.tale(walks, {
          cpuMs: each('cpu') - idleMs / walks,
          nodeCpuMs: each('node'),
          idleMsPerS,
        }),
        work: {
          httpCalls: each('http'),
          liveEvents: each('live'),
          // Of the readings those that were asked for; each is a frame and its answer.
          frames: each('frames') - 2 * (each('told') - readings),
          rowsWritten: each('rows'),
          readings,
        },
      }
    },
    /** In order. */
    close: async (): Promise<void> => {
      await simulator.stop()
      await victim.stop()
    },
    /** Whatever happened; the chain's node, too, would outlive its keeper. */
    kill: async (): Promise<void> => {
      await simulator.kill()
      await victim.kill()
      for (const node of nodes) endProcess(node)
    },
  }
}

const walkWithinMs = 30_000

const until = async (what: string, holds: () => Promise<boolean>): Promise<void> => {
  for (const deadline = Date.now() + 20_000; !(await holds()); await pause(50))
    if (Date.now() > deadline) throw new Error(`Not within 20 s: ${what}.`)
}

/** One at a time, in the order of asking; the answer gives the turn back. */
type Turn = () => Promise<() => void>
const createTurn = (): Turn => {
  let last: Promise<void> = Promise.resolve()
  return async () => {
    let giveBack = (): void => undefined
    const before = last
    last = new Promise((resolve) => {
      giveBack = resolve
    })
    await before
    return giveBack
  }
}

const startFrames = /"StartTransaction"|"eventType":"Started"/
const endFrames = /"StopTransaction"|"eventType":"Ended"/
const readingFrames = /"MeterValues"|"eventType":"Updated".*"meterValue"|"meterValue".*"eventType":"Updated"/
const commands = /Remote(Start|Stop)Transaction|Request(Start|Stop)Transaction/
const instants = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g

/** Notes when each station sent and heard what, as soon as the simulator tells it. */
const listen = (simulator: Simulator) => {
  const times = new Map<string, StationTimes>(
    stations.map(({ id }) => [id, { commandAt: 0, startedAt: 0, endedAt: 0, readingsAt: new Map() }]),
  )
  let frames = 0
  let readings = 0
  // The question is asked about every event once, at once, and never holds: it only listens, until the simulator ends.
  const forever = 3_600_000
  const hear = (event: 'sent' | 'received' | 'command', note: (told: { station: string; text: string }) => void) =>
    void simulator
      .waitFor(
        event,
        (told) => {
          note({ station: told.station, text: 'text' in told ? told.text : told.action })
          return false
        },
        forever,
      )
      .catch(() => undefined)
  hear('received', () => (frames += 1))
  hear('command', ({ station, text }) => {
    if (commands.test(text)) times.get(station)!.commandAt = performance.now()
  })
  hear('sent', ({ station, text }) => {
    frames += 1
    const now = performance.now()
    const of = times.get(station)!
    if (startFrames.test(text)) of.startedAt = now
    else if (endFrames.test(text)) of.endedAt = now
    else if (readingFrames.test(text)) {
      readings += 1
      for (const instant of text.match(instants) ?? []) of.readingsAt.set(Date.parse(instant), now)
    }
  })
  return { get: (station: string) => times.get(station), frames: () => frames, readings: () => readings }
}

/** Writes of rows so far: every collection counts a row's revisions. Read beside the server, as WAL allows. */
const rowsWritten = (folder: string): number => {
  const database = new DatabaseSync(join(folder, 'data', 'store.db'), { readOnly: true })
  try {
    const tables = database
      .prepare(
        `SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c ON c.name = 'rev' WHERE m.type = 'table'`,
      )
      .all() as { name: string }[]
    const sums = tables.map(({ name }) => `SELECT coalesce(sum(rev), 0) AS n FROM "${name}"`)
    const { n } = database
      .prepare(`SELECT sum(n) + (SELECT count(*) FROM points) AS n FROM (${sums.join(' UNION ALL ')})`)
      .get() as { n: number }
    return n
  } finally {
    database.close()
  }
}
