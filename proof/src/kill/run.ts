import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ChainNetwork } from '@werenode/core'
import { spawnSimulator } from '@werenode/simulator'
import { openSqliteStore } from '@werenode/store'
import { type Audit, audit, readChain } from './audit.ts'
import { createDriver, type DriverOutcome } from './driver.ts'
import { createVictim, faultPointsSeen, pause, type Victim, within } from './server.ts'

export interface KillPlan {
  readonly kills: number
  readonly charges: number
  /** Makes the whole run repeatable as far as timing allows. */
  readonly seed: number
  /** A fault put into the server, which the audit must find: `outbox` forgets to store what must still be done. */
  readonly fault?: 'outbox'
  /** How long the rest may take to settle once nobody kills any more. */
  readonly settleWithinMs: number
  /** Goes on for up to a quarter more kills until the server was killed at every effect it has. */
  readonly everyEffect?: boolean
  readonly report: (line: string) => void
}

/** Every effect, at its begin and its end, and the gap between a durable write and its acknowledgement. */
export const isEffect = (point: string): boolean => /^(effect\.|ocpp\.)/.test(point)

export interface KillResult extends Audit {
  readonly kills: number
  /** Kills at a named point, and how many different ones. */
  readonly namedKills: number
  readonly pointsKilledAt: readonly string[]
  readonly pointsSeen: readonly string[]
  readonly charges: number
  readonly givenUp: readonly string[]
  readonly cardCharges: number
}

/** Stations as the demo has them, driven by hand so that their acknowledgements are heard here: strong and quick to report. */
const plugs = [
  { id: 'WRN-NANTES-1', version: '2.0.1', evseIds: ['FR*WRN*E000001', 'FR*WRN*E000002'], maxPowerW: 150_000, dc: true },
  { id: 'WRN-LYON-1', version: '1.6', evseIds: ['FR*WRN*E000003', 'FR*WRN*E000004'], maxPowerW: 22_000, dc: false },
  { id: 'WRN-BORDEAUX-1', version: '1.6', evseIds: ['FR*WRN*E000005'], maxPowerW: 60_000, dc: true },
  {
    id: 'WRN-STRASBOURG-1',
    version: '2.0.1',
    evseIds: ['FR*WRN*E000006', 'FR*WRN*E000007'],
    maxPowerW: 11_000,
    dc: false,
  },
] as const
/** Of the drivers, who let the operator propose before they sign. */
const lateShare = 1 / 4
const demoCard = 'WERENODE-DEMO-CARD'
/** Each deposits 25 EUR, of the 5,000 EUR the demo's issuer deposits a day for its cards. */
const mostCardCharges = 150

/**
 * Kills the server again and again while cars charge, starts it again, and at the end compares books, chain and what the stations
 * were promised.
 */
export const killRun = async (plan: KillPlan): Promise<KillResult> => {
  const folder = mkdtempSync(join(tmpdir(), 'werenode-kill-'))
  const random = mulberry32(plan.seed)
  const victim = await createVictim(folder)
  const faultEnv: Record<string, string> = plan.fault === undefined ? {} : { WERENODE_FAULT: plan.fault }
  let simulator: Awaited<ReturnType<typeof spawnSimulator>> | undefined
  let over = false
  try {
    await victim.start(faultEnv)
    const passwords = JSON.parse(readFileSync(join(folder, 'data', 'simulator', 'passwords.json'), 'utf8')) as Record<
      string,
      string
    >
    simulator = await spawnSimulator({
      stations: plugs.map(({ id, version, evseIds, maxPowerW, dc }) => ({
        id,
        version,
        url: victim.ocppUrl,
        password: passwords[id]!,
        evses: evseIds.length,
        maxPowerW,
        dc,
        meterIntervalS: 1,
        auto: true,
        reconnectMs: 100,
        reconnectMaxMs: 400,
      })),
    })
    const outcomes: DriverOutcome[] = []
    let begun = 0
    // Cars charge for as long as somebody kills, and until there were enough of them.
    let killed: Awaited<ReturnType<typeof killing>> | undefined
    const enough = () => killed !== undefined && begun >= plan.charges
    // The last plug is left to the card.
    const lanes = plugs
      .flatMap(({ evseIds, maxPowerW }) => evseIds.map((evseId) => ({ evseId, maxPowerW })))
      .slice(0, -1)
    const drivers = await Promise.all(
      lanes.map(async () => {
        const driver = createDriver(victim.origin, () => over)
        return { driver, network: await driver.prepare() }
      }),
    )
    const { network } = drivers[0]!
    const driving = lanes.map(async ({ evseId, maxPowerW }, lane) => {
      const { driver } = drivers[lane]!
      while (!enough() && !over) {
        begun += 1
        const energyWh = Math.round((maxPowerW * (1 + random() * 2)) / 3600)
        const outcome = await driver.charge(evseId, energyWh, random() < lateShare)
        outcomes.push(outcome)
        if (outcome.state === 'given-up') begun -= 1
        // A driver who was refused tries again like a person does; all of them share one address and its rate limit.
        await pause(outcome.state === 'given-up' ? 3000 : 200)
      }
    })
    let cardCharges = 0
    const card = cardLane(
      simulator,
      () => over || enough() || cardCharges >= mostCardCharges,
      () => (cardCharges += 1),
    )

    const moody = moodyStation(simulator, () => over || enough())
    killed = await killing(victim, plan, faultEnv, random, () => outcomes.length >= plan.charges)
    plan.report(`${killed.kills} kills done; letting at least ${plan.charges} charges finish`)
    await within(Promise.all([...driving, card, moody]), plan.settleWithinMs)
    const result = await finish(victim, network, simulator, Date.now() + plan.settleWithinMs)
    over = true
    const givenUp = outcomes.flatMap((outcome) => (outcome.state === 'given-up' ? [outcome.why] : []))
    return {
      ...result,
      ...killed,
      pointsSeen: faultPointsSeen(victim),
      charges: outcomes.length - givenUp.length,
      givenUp,
      cardCharges,
    }
  } finally {
    over = true
    await simulator?.kill()
    await victim.bury()
    await pause(100)
    if (process.env.WERENODE_KEEP === undefined)
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    else plan.report(`kept ${folder}`)
  }
}

/** Somebody holds a card to the last plug, charges a moment, and holds it there again. */
const cardLane = async (
  simulator: Awaited<ReturnType<typeof spawnSimulator>>,
  done: () => boolean,
  onCharge: () => void,
): Promise<void> => {
  const station = 'WRN-STRASBOURG-1'
  const evse = 2
  while (!done()) {
    try {
      await simulator.send({ do: 'plugIn', evse }, station)
      const { accepted } = await simulator.send({ do: 'card', evse, idTag: demoCard }, station)
      if (accepted) {
        await pause(2500)
        await simulator.send({ do: 'card', evse, idTag: demoCard }, station)
        onCharge()
      }
      await pause(500)
      await simulator.send({ do: 'plugOut', evse }, station)
    } catch {
      // The station says in words that it cannot now (the server is being killed); the next round tries again.
    }
    await pause(700)
  }
}

/** One station declines remote starts for a while, again and again: what was deposited for them is cancelled. */
const moodyStation = async (
  simulator: Awaited<ReturnType<typeof spawnSimulator>>,
  done: () => boolean,
): Promise<void> => {
  const say = async (words: { on?: string[]; off?: string[] }) =>
    simulator.send({ do: 'misbehave', ...words }, 'WRN-BORDEAUX-1')
  while (!done()) {
    await say({ on: ['rejects-start'] })
    await pause(4000)
    await say({ off: ['rejects-start'] })
    for (let wait = 0; wait < 15 && !done(); wait += 1) await pause(400)
  }
}

const killing = async (
  victim: Victim,
  plan: KillPlan,
  faultEnv: Record<string, string>,
  random: () => number,
  enough: () => boolean,
): Promise<{ kills: number; namedKills: number; pointsKilledAt: string[] }> => {
  const killedAt = new Map<string, number>()
  // In a long run, a quarter more kills may be spent on effects that were not met yet: the cards' are rare.
  const neverKilledAt = () =>
    plan.everyEffect === true ? faultPointsSeen(victim).filter((name) => isEffect(name) && !killedAt.has(name)) : []
  /** How often a life was meant to end at a point: rare ones are not waited for again and again. */
  const aimedAt = new Map<string, number>()
  let kills = 0
  let namedKills = 0
  const lifeMs = (name: string | undefined) =>
    name === undefined ? 300 + random() * 1700 : killedAt.has(name) || plan.everyEffect !== true ? 3000 : 10_000
  // The first life is already running; it is killed at a random moment like any other.
  await pause(1500 + random() * 2500)
  for (;;) {
    await victim.kill()
    kills += 1
    if (kills % 10 === 0 || kills === plan.kills)
      plan.report(`${kills} of ${plan.kills} kills, ${killedAt.size} named points`)
    if (plan.fault !== undefined && enough()) break
    if (kills >= plan.kills && (kills >= plan.kills * 1.25 || neverKilledAt().length === 0)) break
    // What was never met in all its kills is all that the rest of a long run is for.
    const open = kills >= plan.kills ? neverKilledAt() : faultPointsSeen(victim)
    const points = [...open].sort((a, b) => (aimedAt.get(a) ?? 0) - (aimedAt.get(b) ?? 0) || (a < b ? -1 : 1))
    const least = points.filter((name) => (aimedAt.get(name) ?? 0) === (aimedAt.get(points[0] ?? '') ?? 0))
    // Three lives of four are to end at a named point, the least aimed at first; the rest at any moment, also while starting.
    const name = random() < 0.75 || kills >= plan.kills ? least[Math.floor(random() * least.length)] : undefined
    if (name !== undefined) aimedAt.set(name, (aimedAt.get(name) ?? 0) + 1)
    const env =
      name === undefined
        ? faultEnv
        : { ...faultEnv, WERENODE_KILL_AT: `${name}:${1 + Math.floor(random() * (killedAt.has(name) ? 3 : 1))}` }
    if (random() < 0.1) {
      const starting = victim.start(env)
      await pause(random() * 2000)
      await victim.kill()
      await starting
      continue
    }
    const alive = await victim.start(env)
    const byItself = !alive || (await victim.died(lifeMs(name)))
    if (byItself && name !== undefined) {
      namedKills += 1
      killedAt.set(name, (killedAt.get(name) ?? 0) + 1)
    }
  }
  await victim.start(faultEnv)
  return { kills, namedKills, pointsKilledAt: [...killedAt.keys()] }
}

/** Waits until nothing is under way any more, then stops the server in order and reads its store and chain. */
const finish = async (
  victim: Victim,
  network: ChainNetwork,
  simulator: Awaited<ReturnType<typeof spawnSimulator>>,
  deadline: number,
): Promise<Audit> => {
  let last: Audit | undefined
  do {
    // Every queued message of every station is answered before the books are read.
    await pause(3000)
    const chain = await readChain(victim.rpcUrl, network)
    await victim.stop()
    const store = await openSqliteStore({ folder: join(victim.folder, 'data') })
    last = await audit(store, chain, simulator.events)
    await store.close()
    if (last.faults.length > 0 && Date.now() < deadline) await victim.start()
  } while (last.faults.length > 0 && Date.now() < deadline)
  return last
}

const mulberry32 = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
