import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { natsProgram, startNats, type TestCluster } from '@werenode/bus/testing'
import type { Store } from '@werenode/core'
import { type Simulator, spawnSimulator } from '@werenode/simulator'
import { openMongoStore } from '@werenode/store/mongo'
import { connectStore } from '@werenode/store/remote'
import { mongoEquipment, startTestServer } from '@werenode/store/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit, readChain } from '../kill/audit.ts'
import { createDriver } from '../kill/driver.ts'
import { type House, type Servers, startHouse } from './house.ts'

const hasNats = process.env.WERENODE_TEST_NATS !== undefined && natsProgram() !== undefined
const hasMongo = hasNats && process.env.WERENODE_TEST_MONGO !== undefined && mongoEquipment() !== undefined

/** A store that processes share, and how this test reads it. */
interface SharedStore {
  readonly place: Servers['store']
  open(): Promise<Store>
  stop(): Promise<void>
}

const onSqlite = async (folder: string): Promise<SharedStore> => {
  const place = join(folder, 'store.sock')
  return { place, open: () => connectStore(place), stop: async () => undefined }
}

const onMongo = async (): Promise<SharedStore> => {
  const server = await startTestServer()
  const url = new URL(server.url(`werenode_house_${process.pid}`))
  const at = (port: number): string => {
    url.port = String(port)
    return url.href
  }
  const port = Number(url.port || 27_017)
  return { place: { port, url: at }, open: () => openMongoStore({ url: at(port) }), stop: server.stop }
}

const houseTests = (name: string, equipped: boolean, openShared: (folder: string) => Promise<SharedStore>) =>
  describe.skipIf(!equipped)(`a house of ten processes on NATS and ${name}`, { timeout: 600_000 }, () => {
    let folder: string
    let nats: TestCluster
    let shared: SharedStore
    let house: House
    let simulator: Simulator
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'werenode-house-'))
      nats = await startNats(1)
      shared = await openShared(folder)
      house = await startHouse({
        folder,
        storeFolder: join(folder, 'store'),
        servers: { store: shared.place, busPorts: [Number(nats.servers.split(':')[1])] },
        plan: { relayers: 1, managers: 2, ocpp: 2, apis: 1, mqtts: 1, roamings: 1 },
        cosignTimeoutS: 30,
      })
    }, 600_000)
    afterAll(async () => {
      await simulator?.kill()
      await house?.stop()
      await shared?.stop()
      await nats?.stop()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    }, 120_000)

    it('charges a car over OCPP, from the quote to the settlement on chain', async () => {
      const passwords = JSON.parse(readFileSync(join(folder, 'data', 'simulator', 'passwords.json'), 'utf8')) as Record<
        string,
        string
      >
      const station = { url: house.ocppUrl, evses: 2, meterIntervalS: 1, auto: true } as const
      simulator = await spawnSimulator({
        stations: [
          { ...station, id: 'WRN-NANTES-1', version: '2.0.1', password: passwords['WRN-NANTES-1']!, dc: true },
          { ...station, id: 'WRN-LYON-1', version: '1.6', password: passwords['WRN-LYON-1']!, maxPowerW: 22_000 },
        ],
      })
      const driver = createDriver(house.origin, () => false)
      const network = await driver.prepare()
      for (const evseId of ['FR*WRN*E000001', 'FR*WRN*E000003']) {
        const outcome = await driver.charge(evseId, 10)
        expect(outcome, JSON.stringify(outcome)).toMatchObject({ state: 'settled', cosigned: true })
      }
      const store = await shared.open()
      try {
        await expect
          .poll(async () => (await audit(store, await readChain(house.rpcUrl, network), simulator.events)).faults, {
            timeout: 60_000,
            interval: 1_000,
          })
          .toEqual([])
        const { settled, paidMicro } = await audit(store, await readChain(house.rpcUrl, network), simulator.events)
        expect(settled).toBe(2)
        expect(paidMicro).toBeGreaterThan(0n)
      } finally {
        await store.close()
      }
    })
  })

// Ten processes take their time: they run where they are asked for.
houseTests('one SQLite (WERENODE_TEST_NATS=1)', hasNats, onSqlite)
houseTests('MongoDB (WERENODE_TEST_NATS=1 WERENODE_TEST_MONGO=1)', hasMongo, onMongo)
