import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ask, type LedgerEntry, type Party, type SessionView, type Store } from '@werenode/core'
import { type Mosquitto, mosquittoPath, openMosquitto, whySkipped } from '@werenode/mqtt/testing'
import { createWerenode, type PlugEvent, privateKeyWallet, type Werenode } from '@werenode/sdk'
import { type PlugSimulator, spawnPlugs } from '@werenode/simulator'
import { openSqliteStore } from '@werenode/store'
import { generatePrivateKey } from 'viem/accounts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { choosePort } from '../src/node/ports.ts'
import { demoPlugOptions, type House, openHouse, until } from './house.ts'

const shelly = { plug: 'WRN-PLUG-RENNES', evse: 'FR*WRN*E000010' }
const tasmota = { plug: 'WRN-PLUG-GRENOBLE', evse: 'FR*WRN*E000011' }
const priceMicroPerKWh = 300_000n

const wait = async (
  driver: Werenode,
  id: string,
  holds: (view: SessionView) => boolean,
  what: string,
): Promise<SessionView> => {
  let view: SessionView | undefined
  await until(
    async () => {
      // A server that was just killed does not answer.
      view = await driver.session(id).catch(() => view)
      return view !== undefined && holds(view)
    },
    45_000,
    what,
  )
  return view!
}

/** Listens as an app does: what it hears is what the receipt is checked by. */
const follow = (driver: Werenode, id: string): void => {
  void (async () => {
    for await (const _ of driver.live(id));
  })().catch(() => undefined)
}

/** What the map of everybody shows of the power at a place, W. */
const publicPower = (driver: Werenode, locationId: string): readonly number[] => {
  const shown: number[] = []
  void (async () => {
    for await (const { powerW } of driver.locations.live({ locationId })) if (powerW !== undefined) shown.push(powerW)
  })().catch(() => undefined)
  return shown
}

const begin = async (driver: Werenode, evse: string): Promise<SessionView> => {
  await until(async () => (await driver.locations.evse(evse)).evse.status === 'AVAILABLE', 30_000, `${evse} to be free`)
  const quote = await driver.quote({ evseId: evse })
  expect(quote.meterCertified).toBe(false)
  const view = await driver.open(quote)
  follow(driver, view.id)
  return view
}

const finish = async (driver: Werenode, id: string): Promise<SessionView> => {
  await driver.stop(id)
  await wait(driver, id, (view) => view.receipt !== undefined, 'the receipt')
  const outcome = await driver.cosign(id)
  expect(outcome).toMatchObject({ cosigned: true })
  return wait(driver, id, ({ state }) => state === 'settled', 'the settlement')
}

const energy = (wh: number) => (view: SessionView) => view.state === 'charging' && view.energyWh >= wh

/** What was paid is the energy of the receipt at the price that was shown; the rest of the deposit went back. */
const expectExact = (view: SessionView): void => {
  const wh = BigInt(view.receipt!.endWh) - BigInt(view.receipt!.startWh)
  expect(wh).toBeGreaterThan(0n)
  expect(BigInt(view.paidMicro!)).toBe((wh * priceMicroPerKWh) / 1000n)
  expect(BigInt(view.paidMicro!) + BigInt(view.returnedMicro!)).toBe(BigInt(view.limitMicro))
  expect(view.meterCertified).toBe(false)
}

const expectBooks = async (store: Store, view: SessionView): Promise<void> => {
  const { items } = await store.find<LedgerEntry & { _id: string }>('manager_ledger', { sessionId: view.id })
  const postings = items.flatMap((entry) => entry.postings)
  const sum = (account: string) =>
    postings.filter((one) => one.account.startsWith(account)).reduce((total, { micro }) => total + BigInt(micro), 0n)
  expect(sum('escrow')).toBe(0n)
  expect(sum('payee')).toBe(BigInt(view.paidMicro!))
  expect(sum('driver')).toBe(-BigInt(view.paidMicro!))
}

/** Wh that flowed through a plug since it was switched on, by its own counter. */
const flowedOf = async (street: PlugSimulator, plug: string): Promise<number> => {
  const began = street.events.find((told) => told.event === 'relay' && told.plug === plug && told.on === true)
  const { state } = (await street.send({ do: 'state' }, plug)) as { state: { counterWh: number } }
  return state.counterWh - Number(began!.registerWh)
}

describe('a plug of the house', () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse()
  }, 120_000)
  afterAll(() => house?.close(), 60_000)

  it('a wallet-paid charge settles exactly though the Wi-Fi of the plug is lost in the middle', async () => {
    const driver = await house.driver()
    const street = await house.plugs(shelly.plug)
    const shown = publicPower(driver, 'WRN-RENNES')
    const { id } = await begin(driver, shelly.evse)
    await wait(driver, id, energy(2), 'energy')
    await until(() => shown.some((powerW) => powerW > 1_500), 10_000, 'the power on the public map')
    await street.send({ do: 'offline' }, shelly.plug)
    const away = await wait(driver, id, (view) => view.stationOffline, 'the offline mark')
    expect(away.state).toBe('charging')
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    await street.send({ do: 'online' }, shelly.plug)
    await wait(driver, id, (view) => !view.stationOffline && view.energyWh >= away.energyWh + 2, 'energy of the outage')
    const view = await finish(driver, id)
    expectExact(view)
    await expectBooks(house.store, view)
    expect(await ask(house.bus, 'relayer.session', { sessionId: view.id })).toMatchObject({ heldMicro: '0' })
    // The energy of the outage is in the receipt: the counter went on.
    expect(Math.abs(view.energyWh - (await flowedOf(street, shelly.plug)))).toBeLessThanOrEqual(2)
  }, 120_000)

  it('a charge stops with the reason when the plug gets too hot, and bills what flowed', async () => {
    const driver = await house.driver()
    const street = await house.plugs(tasmota.plug)
    const { id } = await begin(driver, tasmota.evse)
    await wait(driver, id, energy(2), 'energy')
    await street.send({ do: 'misbehave', on: ['hot'] }, tasmota.plug)
    const ended = await wait(driver, id, (view) => view.receipt !== undefined, 'the end')
    expect(ended.stopReason).toBe('fault')
    expect(await driver.cosign(id)).toMatchObject({ cosigned: true })
    expectExact(await wait(driver, id, ({ state }) => state === 'settled', 'the settlement'))
  }, 120_000)

  it('an operator lets a plug in, sees the light, follows and reads what it measures; a stranger sees nothing', async () => {
    const keyFile = join(dirname(house.databaseFile), 'operator', 'key.json')
    const { privateKey } = JSON.parse(readFileSync(keyFile, 'utf8')) as { privateKey: `0x${string}` }
    const login = createWerenode({ baseUrl: house.node.origin, wallet: privateKeyWallet(privateKey) })
    const operator = login.operator('FR*WRN' as Party)
    const setup = await operator.addPlug({
      plugId: 'GARAGE',
      family: 'tasmota',
      variables: { topic: 'tasmota_GARAGE' },
      ratedPowerW: 2_300,
    })
    expect(setup.command?.text).toContain(`MqttPassword ${setup.password}`)
    expect(setup.settings).toContainEqual({ label: 'Topic', value: 'tasmota_GARAGE' })

    const told: PlugEvent[] = []
    const ending = new AbortController()
    const listening = (async () => {
      for await (const event of operator.plugEvents({ signal: ending.signal })) told.push(event)
    })()
    const street = await spawnPlugs([
      {
        id: 'GARAGE',
        url: house.node.mqttUrl,
        family: 'tasmota',
        variables: setup.plug.variables,
        username: setup.username,
        password: setup.password!,
        reconnectMs: 100,
      },
    ])
    await until(async () => (await operator.plug('GARAGE')).live.registerWh === 1_234, 20_000, 'the light')
    const isReading = (event: PlugEvent) => event.type === 'station.reading' && event.data.stationId === 'GARAGE'
    await until(() => told.some(isReading), 20_000, 'a reading in the stream')
    // A reading of power alone may come before the first counter.
    await until(
      async () =>
        (await operator.plugReadings('GARAGE', { limit: 50 })).items.some(
          ({ method, flags, registerWh }) => method === 'counter' && flags.length === 0 && registerWh === 1_234,
        ),
      20_000,
      'a reading of the counter',
    )
    expect((await operator.plugs()).items.map(({ plugId }) => plugId)).toContain('GARAGE')

    const stranger = (await house.driver()).operator('FR*WRN' as Party)
    await expect(stranger.plugs()).rejects.toMatchObject({ code: 'not-allowed' })
    await expect(stranger.removePlug('GARAGE')).rejects.toMatchObject({ code: 'not-allowed' })
    await operator.removePlug('GARAGE')
    await expect(operator.plug('GARAGE')).rejects.toMatchObject({ code: 'not-found' })
    ending.abort()
    await listening
    await street.kill()
  }, 90_000)
})

describe.skipIf(!mosquittoPath)(
  `a wallet-paid charge on a plug behind mosquitto${mosquittoPath ? '' : ` (skipped: ${whySkipped})`}`,
  () => {
    let house: House
    let broker: Mosquitto
    beforeAll(async () => {
      broker = await openMosquitto()
      house = await openHouse({}, undefined, { broker: { url: broker.url, reconnectMs: 100 } })
    }, 120_000)
    afterAll(async () => {
      await house?.close()
      await broker?.close()
    }, 60_000)

    it('settles exactly though the broker is killed in the middle', async () => {
      const driver = await house.driver()
      const street = await house.plugs(shelly.plug)
      const { id } = await begin(driver, shelly.evse)
      const before = await wait(driver, id, energy(2), 'energy')
      await broker.kill()
      await new Promise((resolve) => setTimeout(resolve, 3_000))
      expect((await driver.session(id)).state).toBe('charging')
      await broker.start()
      await wait(driver, id, energy(before.energyWh + 4), 'energy after the broker is back')
      const view = await finish(driver, id)
      expectExact(view)
      await expectBooks(house.store, view)
      expect(Math.abs(view.energyWh - (await flowedOf(street, shelly.plug)))).toBeLessThanOrEqual(2)
    }, 120_000)
  },
)

describe('the server with its embedded broker, killed in the middle of a charge', () => {
  const folder = mkdtempSync(join(tmpdir(), 'werenode-plugs-'))
  const data = join(folder, 'data')
  const program = join(import.meta.dirname, '..', 'src', 'main.ts')
  let server: ChildProcess | undefined
  let street: PlugSimulator | undefined

  const run = async (args: readonly string[]): Promise<void> => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, 'start', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    })
    server = child
    let text = ''
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk: Buffer) => (text += chunk))
    await until(
      () => {
        if (child.exitCode !== null) throw new Error(`The server ended:\n${text}`)
        return text.includes('Werenode is ready')
      },
      60_000,
      'the server',
    )
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const child = server!
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await gone
  }

  afterEach(async () => {
    await street?.kill()
    if (server?.exitCode === null && server.signalCode === null) await end('SIGKILL')
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })

  it('goes on with it after the restart, and settles exactly what the counter says', async () => {
    const ports = { http: 0, ocpp: 0, mqtt: 0, rpc: 0, admin: 0 }
    for (const name of Object.keys(ports) as (keyof typeof ports)[]) ports[name] = await choosePort(0, '127.0.0.1')
    const args = [
      ...['--data', data, '--no-sim', '--no-import', '--quiet'],
      ...['--port', String(ports.http), '--ocpp-port', String(ports.ocpp), '--mqtt-port', String(ports.mqtt)],
      ...['--rpc-port', String(ports.rpc), '--admin-port', String(ports.admin)],
    ]
    await run(args)
    street = await spawnPlugs(demoPlugOptions(`mqtt://127.0.0.1:${ports.mqtt}`, join(data, 'simulator'), [shelly.plug]))
    const wallet = privateKeyWallet(generatePrivateKey())
    const driver = createWerenode({ baseUrl: `http://localhost:${ports.http}`, wallet })
    await driver.faucet(500_000_000n)
    await until(async () => (await driver.credit()).creditMicro >= 500_000_000n, 20_000, 'the test euro')

    const { id } = await begin(driver, shelly.evse)
    const before = await wait(driver, id, energy(2), 'energy')
    await end('SIGKILL')
    // The plug gives power on: its timer is a quarter of an hour.
    const alone = (await street.send({ do: 'state' }, shelly.plug)) as { state: { on: boolean; powerW: number } }
    expect(alone.state).toMatchObject({ on: true })
    await run(args)
    const after = await wait(driver, id, energy(before.energyWh + 4), 'energy after the restart')
    expect(after.state).toBe('charging')
    const view = await finish(driver, id)
    expectExact(view)
    expect(Math.abs(view.energyWh - (await flowedOf(street, shelly.plug)))).toBeLessThanOrEqual(2)
    const starts = street.events.filter((told) => told.event === 'relay' && told.on === true)
    expect(starts).toHaveLength(1)
    await end('SIGINT')
    const store = await openSqliteStore({ folder: data })
    await expectBooks(store, view)
    await store.close()
    // Whoever runs the node finds no password of a plug in its log.
    const passwords = Object.values(
      JSON.parse(readFileSync(join(data, 'simulator', 'plug-passwords.json'), 'utf8')) as Record<string, string>,
    )
    const log = readFileSync(join(data, 'log', 'server.log'), 'utf8')
    expect(passwords.filter((password) => log.includes(password))).toEqual([])
  }, 180_000)
})
