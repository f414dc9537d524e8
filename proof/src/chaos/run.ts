import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { natsProgram, startNats } from '@werenode/bus/testing'
import { spawnSimulator } from '@werenode/simulator'
import { connectStore } from '@werenode/store/remote'
import { EquipmentMissing } from '../figures.ts'
import { type Audit, audit, readChain } from '../kill/audit.ts'
import { openSmallDisk } from './disk.ts'
import { type Harm, type HarmPlan, hurt } from './faults.ts'
import { type HousePlan, startHouse } from './house.ts'
import { connectedStations, type LoadPlan, seedStations, startCrowd, stationsOf } from './load.ts'

export interface ChaosPlan {
  readonly house: HousePlan
  readonly load: LoadPlan
  readonly harm: Omit<HarmPlan, 'report'>
  readonly natsServers: 1 | 3
  readonly settleWithinMs: number
  readonly report: (line: string) => void
}

export interface ChaosResult extends Audit, Harm {
  readonly processes: number
  readonly stationsConnected: number
  readonly mostAtOnce: number
  readonly charges: number
  readonly givenUp: readonly string[]
}

/** Stacks what has to be undone, and undoes it in the opposite order, whatever fails. */
const createUndo = () => {
  const steps: (() => unknown)[] = []
  return {
    later: (step: () => unknown): void => void steps.push(step),
    all: async (report: (line: string) => void): Promise<void> => {
      for (const step of steps.reverse()) {
        try {
          await step()
        } catch (error) {
          report(`could not clear up: ${String(error)}`)
        }
      }
    },
  }
}

/** Makes faults one after the other while cars charge over a house of many processes, then compares books, chain and stations. */
export const chaosRun = async (plan: ChaosPlan): Promise<ChaosResult> => {
  if (natsProgram() === undefined)
    throw new EquipmentMissing('No nats-server on this machine (Debian: apt install nats-server).')
  const { report, load } = plan
  const folder = mkdtempSync(join(tmpdir(), 'werenode-chaos-'))
  const undo = createUndo()
  let over = false
  undo.later(() => {
    if (process.env.WERENODE_KEEP === undefined)
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    else report(`kept ${folder}`)
  })
  try {
    const nats = await startNats(plan.natsServers)
    undo.later(nats.stop)
    const storeFolder = join(folder, 'store')
    const disk = openSmallDisk(storeFolder, 1_024)
    if (process.env.WERENODE_KEEP === undefined) undo.later(disk.close)
    const socket = join(folder, 'store.sock')
    const house = await startHouse({
      folder,
      storeFolder,
      servers: { store: socket, busPorts: nats.servers.split(',').map((server) => Number(server.split(':')[1])) },
      plan: plan.house,
      cosignTimeoutS: 3,
      // Each driver comes from an address of their own, told by the load balancer.
      env: { WERENODE_TRUST_PROXY: '127.0.0.1' },
    })
    undo.later(house.stop)
    report(`${house.workers.length} processes are up, and ${plan.natsServers} of NATS`)

    const store = await connectStore(socket)
    undo.later(() => store.close())
    await seedStations(store, load)
    const passwords = JSON.parse(readFileSync(join(folder, 'data', 'simulator', 'passwords.json'), 'utf8')) as Record<
      string,
      string
    >
    const simulator = await spawnSimulator({
      stations: stationsOf(load, house.ocppUrl, passwords['WRN-LYON-1']!),
      tickMs: load.stations > 100 ? 1_000 : 250,
    })
    undo.later(() => simulator.kill())
    undo.later(() => {
      over = true
    })
    for (const deadline = Date.now() + 180_000; connectedStations(simulator) < load.stations; await pause(250))
      if (Date.now() > deadline)
        throw new Error(`Only ${connectedStations(simulator)} of ${load.stations} stations connected`)
    const stationsConnected = connectedStations(simulator)
    report(`${stationsConnected} stations are connected`)

    const crowd = await startCrowd(load, house.origin, () => over, report)
    let mostAtOnce = 0
    const watching = setInterval(() => {
      store.count('manager_sessions', { state: 'charging' }).then(
        (charging) => {
          mostAtOnce = Math.max(mostAtOnce, charging)
        },
        // The store is being hurt: the next look counts.
        () => undefined,
      )
    }, 1_000)
    undo.later(() => clearInterval(watching))
    report('charging begins, and so does the harm')
    const harm = await hurt(house, nats, disk, store, { ...plan.harm, report })
    report(`the harm is over; waiting until the rest is`)

    const deadline = Date.now() + plan.settleWithinMs
    await Promise.race([crowd.leave(), pause(plan.settleWithinMs)])
    const network = await networkOf(house.origin)
    let result: Audit
    for (;;) {
      await pause(2_000)
      result = await audit(store, await readChain(house.rpcUrl, network), simulator.events)
      if (result.faults.length === 0 || Date.now() > deadline) break
    }
    const givenUp = crowd.outcomes.flatMap((outcome) => (outcome.state === 'given-up' ? [outcome.why] : []))
    return {
      ...result,
      ...harm,
      processes: house.workers.length + plan.natsServers,
      stationsConnected,
      mostAtOnce,
      charges: crowd.outcomes.length - givenUp.length,
      givenUp,
    }
  } finally {
    over = true
    await undo.all(report)
  }
}

const networkOf = async (origin: string): Promise<Parameters<typeof readChain>[1]> =>
  (await (await fetch(`${origin}/v1/network`)).json()) as Parameters<typeof readChain>[1]
