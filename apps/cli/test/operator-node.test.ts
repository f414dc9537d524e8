import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { deployLocal } from '@werenode/chain/deploy'
import { type Simulator, spawnSimulator } from '@werenode/simulator'
import { pino } from 'pino'
import { createWalletClient, http } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EmbeddedChain } from '../src/chain/embedded-chain.ts'
import { composeNode, type RunningNode } from '../src/node/compose.ts'
import { openDataFolder } from '../src/node/folders.ts'
import { demoBook } from '../src/node/operator/demo-book.ts'
import { parsePlugBook, readPlugBook } from '../src/node/operator/plug-book.ts'
import { createParts } from '../src/node/parts.ts'
import { choosePort } from '../src/node/ports.ts'
import { createDirectDriver } from './direct-driver.ts'
import { until } from './house.ts'

const folder = mkdtempSync(join(tmpdir(), 'werenode-operator-'))
const started: string[] = []
const parts = createParts({ onStarted: (name) => started.push(name) })
const kept = new Map<string, unknown>()
let node: RunningNode
let simulator: Simulator | undefined
let httpPort: number

const lyon = 'FR*WRN*E000003'

beforeAll(async () => {
  const host = '127.0.0.1'
  const port = () => choosePort(0, host)
  httpPort = await port()
  const ports = { http: httpPort, ocpp: await port(), mqtt: await port(), rpc: await port(), admin: await port() }
  const data = await openDataFolder(join(folder, 'data'), { fresh: false })
  node = await composeNode(
    {
      data,
      host,
      ports,
      origin: `http://localhost:${httpPort}`,
      simulate: false,
      plugBook: demoBook(),
      log: pino({ level: 'silent' }),
      clock: () => new Date(),
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
}, 120_000)

afterAll(async () => {
  await simulator?.kill()
  await parts.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}, 60_000)

describe('an operator node', () => {
  it('has no API: none of its parts, nobody at its door, none of its collections', async () => {
    expect(started).toEqual([
      'chain',
      'store',
      'bus',
      'contracts',
      'relayer',
      'stations (OCPP)',
      'plugs (MQTT)',
      'EVSE manager',
      'plug book',
    ])
    await expect(fetch(`http://127.0.0.1:${httpPort}/v1/locations`)).rejects.toThrow()
    const database = new DatabaseSync(join(folder, 'data', 'store.db'), { readOnly: true })
    const tables = database.prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`).all()
    database.close()
    const names = tables.map(({ name }) => String(name))
    expect(names.some((name) => name.includes('manager_sessions'))).toBe(true)
    expect(names.filter((name) => /api_|ocpi_/.test(name))).toEqual([])
    expect(existsSync(join(folder, 'data', 'operator'))).toBe(false)
  })

  it('charges a driver who has an RPC endpoint and nothing else', async () => {
    const { funder, rpcUrl, trustedRpcUrl } = kept.get('chain') as EmbeddedChain
    const account = privateKeyToAccount(funder.privateKey)
    const addresses = await deployLocal(createWalletClient({ account, transport: http(trustedRpcUrl) }))
    const driver = await createDirectDriver({ rpcUrl, addresses, funderKey: funder.privateKey, now: node.clock })
    await until(async () => (await driver.offerOf(lyon)) !== undefined, 30_000, 'the standing offer')
    const passwordFile = join(folder, 'data', 'simulator', 'passwords.json')
    const passwords = JSON.parse(readFileSync(passwordFile, 'utf8')) as Record<string, string>
    simulator = await spawnSimulator({
      stations: [
        {
          id: 'WRN-LYON-1',
          url: node.ocppUrl,
          version: '1.6',
          password: passwords['WRN-LYON-1']!,
          evses: 1,
          meterIntervalS: 1,
          plugged: true,
        },
      ],
    })
    await simulator.waitFor('admitted', () => true, 20_000)
    const order = await driver.termsFor(lyon, 10_000_000n)
    const id = await driver.open(order)
    await until(async () => (await driver.status(id)) === 'Started', 30_000, 'power')
    await driver.requestStop(order.terms)
    await until(async () => (await driver.status(id)) === 'Proposed', 30_000, 'the receipt')
    const proposal = (await driver.history(id)).find(({ name }) => name === 'SessionProposed')
    await driver.cosign(proposal!)
    expect(await driver.status(id)).toBe('Settled')
  }, 120_000)
})

describe('a plug book', () => {
  it('is refused in words when it is not one', async () => {
    await expect(readPlugBook(join(folder, 'none.json'))).rejects.toMatchObject({ code: 'invalid-input' })
    const place = {
      ...{ id: 'A', name: 'A', address: 'A', city: 'A', countryCode: 'FR', timeZone: 'Europe/Paris' },
      position: { lon: 2, lat: 48 },
    }
    const book = { party: 'FR*ABC', operatorName: 'ABC', tariffs: [], places: [{ ...place, evses: [] }] }
    expect(parsePlugBook(book).party).toBe('FR*ABC')
    expect(() => parsePlugBook({ ...book, party: 'nobody at all' })).toThrow(/not a party/)
    expect(() => parsePlugBook({ ...book, places: [{ ...place, position: { lon: 200, lat: 0 } }] })).toThrow(
      /places\[0\].position.lon is no number from -180 to 180/,
    )
    const evse = { evseId: 'FR*ABC*E1', stationId: 'S', evse: 1, connectors: [] }
    expect(() => parsePlugBook({ ...book, places: [{ ...place, evses: [evse, evse] }] })).toThrow(/twice/)
  })
})
