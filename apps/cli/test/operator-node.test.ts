import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { deployLocal } from '@werenode/chain/deploy'
import { type Simulator, spawnSimulator } from '@werenode/simulator'
import { pino } from 'pino'
import { createWalletClient, http, parseEther } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EmbeddedChain } from '../src/chain/embedded-chain.ts'
import { composeNode, type RunningNode } from '../src/node/compose.ts'
import { openDataFolder } from '../src/node/folders.ts'
import { demoBook } from '../src/node/operator/demo-book.ts'
import { existingChainOf } from '../src/node/operator/existing-chain.ts'
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
    expect(existsSync(join(folder, 'data', 'operator', 'key.json'))).toBe(false)
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

describe('a second operator, on the chain of the first', () => {
  const book = parsePlugBook({
    party: 'FR*ABC',
    operatorName: 'ABC Charging',
    tariffs: [
      {
        ...{ id: 'ABC-AC', country_code: 'FR', party_id: 'ABC', currency: 'EUR', last_updated: '2026-11-01T00:00:00Z' },
        elements: [{ price_components: [{ type: 'ENERGY', price: 0.325, vat: 20, step_size: 1 }] }],
      },
    ],
    places: [
      {
        ...{ id: 'ABC-NICE', name: 'Nice, port', address: 'Quai Lunel', city: 'Nice', countryCode: 'FR' },
        ...{ timeZone: 'Europe/Paris', position: { lon: 7.2846, lat: 43.6965 } },
        evses: [
          {
            ...{ evseId: 'FR*ABC*E000001', stationId: 'ABC-NICE-1', evse: 1 },
            connectors: [
              {
                ...{ id: 1, standard: 'IEC_62196_T2', format: 'SOCKET', powerType: 'AC_3_PHASE', maxPowerW: 22_000 },
                tariffId: 'ABC-AC',
              },
            ],
          },
        ],
      },
    ],
  })
  const host = '127.0.0.1'
  const home = join(folder, 'second')
  const running: { stop: () => Promise<unknown> }[] = []
  afterAll(async () => {
    for (const one of running) await one.stop()
  }, 30_000)

  const begin = async (existing: { rpcUrl: string; addressesFile: string }, names: string[] = []) => {
    const port = () => choosePort(0, host)
    const ports = { http: await port(), ocpp: await port(), mqtt: await port(), rpc: await port(), admin: await port() }
    const mine = createParts({ onStarted: (name) => names.push(name) })
    try {
      running.push(mine)
      return await composeNode(
        {
          ...{
            data: await openDataFolder(home, { fresh: false }),
            host,
            ports,
            simulate: false,
            plugBook: book,
            existing,
          },
          ...{ origin: `http://localhost:${ports.http}`, log: pino({ level: 'silent' }), clock: () => new Date() },
        },
        mine,
      )
    } catch (error) {
      await mine.stop()
      throw error
    }
  }
  const chain = () => kept.get('chain') as EmbeddedChain
  const known = () => join(folder, 'data', 'addresses.json')

  it('is refused in words where no node answers, the book does not know the chain, or other contracts stand', async () => {
    const { rpcUrl } = chain()
    const secret = 'http://127.0.0.1:9/v1/secret-of-its-owner'
    const nobody = await begin({ rpcUrl: secret, addressesFile: known() }).catch((error: Error) => error)
    expect(nobody).toMatchObject({
      code: 'chain-unavailable',
      message: 'No node of a chain answers at http://127.0.0.1:9',
    })
    expect(JSON.stringify(nobody)).not.toContain('secret-of-its-owner')
    const elsewhere = join(folder, 'elsewhere.json')
    const entries = JSON.parse(readFileSync(known(), 'utf8')) as Record<string, Record<string, string>>
    writeFileSync(elsewhere, JSON.stringify({ 10: entries[31337] }))
    await expect(begin({ rpcUrl, addressesFile: elsewhere })).rejects.toThrow(/not known on chain 31337/)
    const wrong = join(folder, 'wrong.json')
    writeFileSync(wrong, JSON.stringify({ 31337: { ...entries[31337], escrow: entries[31337]!.evseRegistry } }))
    await expect(begin({ rpcUrl, addressesFile: wrong })).rejects.toThrow(/not ChargeEscrow as committed/)
    await expect(begin({ rpcUrl, addressesFile: join(folder, 'none.json') })).rejects.toThrow(
      /address book .* cannot be read/,
    )
    expect(() => existingChainOf({ operatorNode: true, rpcUrl, addresses: undefined })).toThrow(
      /--addresses is missing/,
    )
    expect(() => existingChainOf({ operatorNode: false, rpcUrl, addresses: known() })).toThrow(/for an operator node/)
  }, 60_000)

  it('says which account needs coins, then registers with keys of its own and charges a driver', async () => {
    const { rpcUrl, trustedRpcUrl, funder } = chain()
    const existing = { rpcUrl, addressesFile: known() }
    const poor = (await begin(existing).catch((error: unknown) => error)) as { message: string; hint: string }
    expect(poor.message).toMatch(/that pays for this node's transactions has 0 coins on chain 31337/)
    expect(poor.hint).toMatch(/Send it at least 0\.\d+ of that chain's coin/)
    const payer = /0x[0-9a-fA-F]{40}/.exec(poor.message)![0] as `0x${string}`
    const account = privateKeyToAccount(funder.privateKey)
    const wallet = createWalletClient({ account, transport: http(trustedRpcUrl) })
    await wallet.sendTransaction({ chain: null, to: payer, value: parseEther('1') })

    const names: string[] = []
    const second = await begin(existing, names)
    expect(names).not.toContain('API')
    expect(existsSync(join(home, 'chain', 'genesis.json'))).toBe(false)
    const keys = (of: string) => readFileSync(join(of, 'keys.json'), 'utf8')
    expect(keys(home)).not.toBe(keys(join(folder, 'data')))

    const addresses = await deployLocal(wallet)
    const driver = await createDirectDriver({ rpcUrl, addresses, funderKey: funder.privateKey, now: second.clock })
    await until(async () => (await driver.offerOf('FR*ABC*E000001')) !== undefined, 60_000, 'its standing offer')
    const passwords = JSON.parse(readFileSync(join(home, 'simulator', 'passwords.json'), 'utf8')) as Record<
      string,
      string
    >
    const nice = await spawnSimulator({
      stations: [
        {
          ...{ id: 'ABC-NICE-1', url: second.ocppUrl, version: '1.6', password: passwords['ABC-NICE-1']!, evses: 1 },
          ...{ meterIntervalS: 1, plugged: true },
        },
      ],
    })
    running.unshift({ stop: () => nice.kill() })
    await nice.waitFor('admitted', () => true, 20_000)
    const order = await driver.termsFor('FR*ABC*E000001', 10_000_000n)
    const id = await driver.open(order)
    await until(async () => (await driver.status(id)) === 'Started', 30_000, 'power')
    await driver.requestStop(order.terms)
    await until(async () => (await driver.status(id)) === 'Proposed', 30_000, 'the receipt')
    await driver.cosign((await driver.history(id)).find(({ name }) => name === 'SessionProposed')!)
    expect(await driver.status(id)).toBe('Settled')
  }, 180_000)
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
