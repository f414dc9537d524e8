import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { natsProgram, startNats, type TestCluster } from '@werenode/bus/testing'
import type { ChainNetwork } from '@werenode/core'
import { spawnSimulator } from '@werenode/simulator'
import { connectStore } from '@werenode/store/remote'
import { EquipmentMissing } from '../figures.ts'
import { type Audit, audit, readChain } from '../kill/audit.ts'
import { createDriver, type DriverOutcome } from '../kill/driver.ts'
import { type House, type HousePlan, startHouse } from './house.ts'

export interface ChaosPlan {
  readonly seconds: number
  readonly house: HousePlan
  readonly natsServers: 1 | 3
  readonly settleWithinMs: number
  readonly report: (line: string) => void
}

export interface ChaosResult extends Audit {
  readonly charges: number
  readonly givenUp: readonly string[]
  /** How often each fault was made. */
  readonly faultsMade: Readonly<Record<string, number>>
  /** From the kill of an OCPP process until the stations are connected to another, ms. */
  readonly handOverMs: readonly number[]
}

const stations = [
  { id: 'WRN-NANTES-1', version: '2.0.1', evseIds: ['FR*WRN*E000001', 'FR*WRN*E000002'], maxPowerW: 150_000, dc: true },
  { id: 'WRN-LYON-1', version: '1.6', evseIds: ['FR*WRN*E000003', 'FR*WRN*E000004'], maxPowerW: 22_000, dc: false },
  { id: 'WRN-BORDEAUX-1', version: '1.6', evseIds: ['FR*WRN*E000005'], maxPowerW: 60_000, dc: true },
] as const

/** Makes faults one after the other while cars charge over a house of many processes, then compares books, chain and stations. */
export const chaosRun = async (plan: ChaosPlan): Promise<ChaosResult> => {
  if (natsProgram() === undefined)
    throw new EquipmentMissing('No nats-server on this machine (Debian: apt install nats-server).')
  const { report } = plan
  const folder = mkdtempSync(join(tmpdir(), 'werenode-chaos-'))
  let nats: TestCluster | undefined
  let house: House | undefined
  let simulator: Awaited<ReturnType<typeof spawnSimulator>> | undefined
  let over = false
  try {
    nats = await startNats(plan.natsServers)
    const socket = join(folder, 'store.sock')
    house = await startHouse({
      folder,
      store: `unix:${socket}`,
      bus: `nats://${nats.servers.replaceAll(',', ',nats://')}`,
      busReplicas: plan.natsServers,
      plan: plan.house,
    })
    const up = house
    report(`${up.workers.length} processes are up`)
    const passwords = JSON.parse(readFileSync(join(folder, 'data', 'simulator', 'passwords.json'), 'utf8')) as Record<
      string,
      string
    >
    simulator = await spawnSimulator({
      stations: stations.map(({ id, version, evseIds, maxPowerW, dc }) => ({
        id,
        version,
        url: up.ocppUrl,
        password: passwords[id]!,
        evses: evseIds.length,
        maxPowerW,
        dc,
        meterIntervalS: 1,
        auto: true,
        reconnectMs: 200,
        reconnectMaxMs: 1_000,
      })),
    })
    const outcomes: DriverOutcome[] = []
    let charging = true
    const lanes = stations.flatMap(({ evseIds, maxPowerW }) => evseIds.map((evseId) => ({ evseId, maxPowerW })))
    const drivers = await Promise.all(
      lanes.map(async () => {
        const driver = createDriver(up.origin, () => over)
        return { driver, network: await driver.prepare() }
      }),
    )
    const network: ChainNetwork = drivers[0]!.network
    report('drivers have credit; charging begins')
    const driving = lanes.map(async ({ evseId, maxPowerW }, lane) => {
      while (charging && !over) {
        const outcome = await drivers[lane]!.driver.charge(evseId, Math.round((maxPowerW * 2) / 3600))
        outcomes.push(outcome)
        await pause(outcome.state === 'given-up' ? 2_000 : 200)
      }
    })
    const faults = await makeFaults(up, nats, plan, socket)
    charging = false
    report(
      `faults made: ${Object.entries(faults.made)
        .map(([name, count]) => `${name} ${count}`)
        .join(', ')}; waiting for the rest`,
    )
    const deadline = Date.now() + plan.settleWithinMs
    await Promise.race([Promise.all(driving), pause(plan.settleWithinMs)])
    const store = await connectStore(socket)
    let result: Audit
    for (;;) {
      await pause(2_000)
      result = await audit(store, await readChain(up.rpcUrl, network), simulator.events)
      if (result.faults.length === 0 || Date.now() > deadline) break
    }
    await store.close()
    over = true
    const givenUp = outcomes.flatMap((outcome) => (outcome.state === 'given-up' ? [outcome.why] : []))
    return {
      ...result,
      charges: outcomes.length - givenUp.length,
      givenUp,
      faultsMade: faults.made,
      handOverMs: faults.handOverMs,
    }
  } finally {
    over = true
    await simulator?.kill()
    await house?.stop()
    await nats?.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

const makeFaults = async (house: House, nats: TestCluster, plan: ChaosPlan, socket: string) => {
  const made: Record<string, number> = {}
  const handOverMs: number[] = []
  const count = (name: string): void => {
    made[name] = (made[name] ?? 0) + 1
  }
  const of = (kind: string) => house.workers.filter((worker) => worker.kind.split(',').includes(kind))
  const any = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!

  /** Until no link is held by the one that was killed. */
  const handedOver = async (holder: string): Promise<void> => {
    const startedAt = performance.now()
    const store = await connectStore(socket)
    while (performance.now() - startedAt < 30_000) {
      const held = await store.count('ocpp_links', { holder, connected: true }).catch(() => 1)
      if (held === 0) break
      await pause(100)
    }
    await store.close()
    handOverMs.push(Math.round(performance.now() - startedAt))
  }
  const faults: (() => Promise<void>)[] = [
    ...['relayer', 'manager', 'api'].map((kind) => async () => {
      const worker = any(of(kind))
      await worker.kill()
      count(`kill ${kind}`)
      await pause(500)
      await worker.start()
    }),
    async () => {
      const worker = any(of('ocpp'))
      await worker.kill()
      count('kill ocpp')
      await handedOver(worker.name)
      await worker.start()
    },
    async () => {
      const worker = any(of('ocpp'))
      await worker.drain()
      count('drain ocpp')
      await worker.start()
    },
    async () => {
      const worker = of('store')[0]!
      await worker.kill()
      count('kill store')
      await worker.start()
    },
    async () => {
      const name = (await nats.leader('werenode_events')) ?? nats.names[0]!
      await nats.kill(name)
      count('kill NATS leader')
      await pause(1_000)
      await nats.start(name)
    },
    async () => {
      const worker = of('chain')[0]!
      await worker.kill()
      count('kill chain')
      await pause(1_000)
      await worker.start()
    },
    async () => {
      // A process that does not run for a while, as one cut off from everything: others take over, and it must notice when it wakes.
      const worker = any(of('manager'))
      worker.signal('SIGSTOP')
      count('freeze manager')
      await pause(8_000)
      worker.signal('SIGCONT')
    },
  ]
  const until = Date.now() + plan.seconds * 1_000
  for (let turn = 0; Date.now() < until; turn++) {
    await pause(1_000 + Math.random() * 1_500)
    await faults[turn % faults.length]!()
  }
  return { made, handOverMs }
}
