import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bus, Store } from '@werenode/core'
import type { EvseManager } from '@werenode/evse-manager'
import type { OcpiService } from '@werenode/ocpi'
import { createWerenode, privateKeyWallet, type Werenode } from '@werenode/sdk'
import {
  type PlugOptions,
  type PlugSimulator,
  type Simulator,
  type StationOptions,
  spawnPlugs,
  spawnSimulator,
} from '@werenode/simulator'
import { pino } from 'pino'
import { generatePrivateKey } from 'viem/accounts'
import type { EmbeddedChain } from '../src/chain/embedded-chain.ts'
import { composeNode, type NodeOptions, type RunningNode } from '../src/node/compose.ts'
import { openDataFolder } from '../src/node/folders.ts'
import { createParts } from '../src/node/parts.ts'
import { choosePort } from '../src/node/ports.ts'
import { demoPlugSimulation } from '../src/node/simulated-plugs.ts'

/** The whole house in this process, with real chain, store and wires; stations are processes of their own. */
export interface House {
  readonly node: RunningNode
  readonly store: Store
  readonly databaseFile: string
  /** The key of who runs this node. */
  readonly operatorKey: string
  readonly bus: Bus
  readonly chain: EmbeddedChain
  readonly manager: EvseManager
  readonly roaming: OcpiService
  /** A driver with 500 EUR of test credit, signed in. */
  driver(): Promise<Werenode>
  /** Connects one of the demo's stations with these habits; ended by `close` at the latest. */
  station(id: string, more?: Partial<StationOptions>): Promise<Simulator>
  /** Connects some of the demo's plugs; ended by `close` at the latest. */
  plugs(...ids: readonly string[]): Promise<PlugSimulator>
  /** Lets so much time pass for the house and for the chain. */
  pass(ms: number): void
  /** How far its clock is ahead of ours by now, ms. */
  passedMs(): number
  close(): Promise<void>
}

const versions: Readonly<Record<string, StationOptions['version']>> = {
  'WRN-NANTES-1': '2.0.1',
  'WRN-LYON-1': '1.6',
  'WRN-BORDEAUX-1': '1.6',
  'WRN-STRASBOURG-1': '2.0.1',
  'WRN-LILLE-1': '2.0.1',
}

export const openHouse = async (
  tuning: NonNullable<NodeOptions['tuning']> = {},
  party?: NonNullable<NodeOptions['party']>,
  plugDoor?: NonNullable<NodeOptions['plugDoor']>,
  /** On the chain of this house, not on one of its own. */
  neighbour?: House,
  contractPool?: NonNullable<NodeOptions['contractPool']>,
): Promise<House> => {
  const folder = mkdtempSync(join(tmpdir(), 'werenode-house-'))
  const kept = new Map<string, unknown>()
  const parts = createParts({})
  let offsetMs = 0
  const data = await openDataFolder(join(folder, 'data'), { fresh: false })
  const host = '127.0.0.1'
  const port = () => choosePort(0, host)
  const ports = {
    http: await port(),
    ocpp: await port(),
    mqtt: await port(),
    rpc: await port(),
    admin: await port(),
  }
  const node = await composeNode(
    {
      data,
      host,
      ports,
      origin: `http://localhost:${ports.http}`,
      simulate: false,
      ...(party === undefined ? {} : { party }),
      ...(plugDoor === undefined ? {} : { plugDoor }),
      ...(neighbour === undefined ? {} : { chain: neighbour.chain }),
      ...(contractPool === undefined ? {} : { contractPool }),
      log: pino({ level: process.env.WERENODE_LOG_LEVEL ?? 'silent' }),
      clock: () => new Date(Date.now() + offsetMs),
      tuning,
    },
    {
      ...parts,
      add: async (name, begin) => {
        const part = await parts.add(name, begin)
        kept.set(name, part)
        return part
      },
    },
  )
  const passwords = JSON.parse(readFileSync(join(data.simulator, 'passwords.json'), 'utf8')) as Record<string, string>
  const simulators = new Map<string, Simulator>()
  const streets: PlugSimulator[] = []

  return {
    node,
    store: node.store,
    databaseFile: join(data.path, 'store.db'),
    operatorKey: data.operator,
    bus: kept.get('bus') as Bus,
    chain: kept.get('chain') as EmbeddedChain,
    manager: kept.get('EVSE manager') as EvseManager,
    roaming: kept.get('roaming (OCPI)') as OcpiService,
    pass: (ms) => {
      offsetMs += ms
    },
    passedMs: () => offsetMs,
    driver: async () => {
      const driver = createWerenode({
        baseUrl: node.origin,
        wallet: privateKeyWallet(generatePrivateKey()),
        clock: () => new Date(Date.now() + offsetMs),
      })
      await driver.signIn()
      await driver.faucet(500_000_000n)
      await until(async () => (await driver.credit()).creditMicro >= 500_000_000n, 20_000, 'the test euro')
      return driver
    },
    station: async (id, more = {}) => {
      await simulators.get(id)?.kill()
      const simulator = await spawnSimulator({
        stations: [
          {
            id,
            url: node.ocppUrl,
            version: versions[id]!,
            password: passwords[id]!,
            evses: 1,
            meterIntervalS: 1,
            plugged: true,
            reconnectMs: 100,
            reconnectMaxMs: 500,
            ...more,
          },
        ],
      })
      simulators.set(id, simulator)
      await simulator.waitFor('admitted', () => true, 20_000)
      return simulator
    },
    plugs: async (...ids) => {
      const street = await spawnPlugs(demoPlugOptions(node.mqttUrl, data.simulator, ids))
      streets.push(street)
      return street
    },
    close: async () => {
      for (const street of streets) await street.kill()
      for (const simulator of simulators.values()) await simulator.kill()
      const late = await parts.stop()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
      if (late.length > 0) throw new Error(`These parts did not stop in order: ${late.join(', ')}`)
    },
  }
}

/** The demo's plugs as the simulator takes them, with a car at each, reporting every second. */
export const demoPlugOptions = (mqttUrl: string, folder: string, ids: readonly string[]): readonly PlugOptions[] => {
  const passwords = JSON.parse(readFileSync(join(folder, 'plug-passwords.json'), 'utf8')) as Record<string, string>
  return demoPlugSimulation(mqttUrl, passwords, folder)
    .filter(({ id }) => ids.includes(id))
    .map(({ stateFile: _, auto: __, ...plug }) => ({ ...plug, plugged: true, reportS: 1, reconnectMs: 100 }))
}

/** Asks until it holds. */
export const until = async (holds: () => Promise<boolean> | boolean, withinMs: number, what: string): Promise<void> => {
  const deadline = Date.now() + withinMs
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Waited ${withinMs} ms in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
