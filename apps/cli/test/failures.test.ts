import { DatabaseSync } from 'node:sqlite'
import { ask, type LedgerEntry, newEvent, type SessionRecord, type SessionView, terminalStates } from '@werenode/core'
import type { Werenode } from '@werenode/sdk'
import type { Simulator } from '@werenode/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse, until } from './house.ts'

let house: House
let driver: Werenode
let simulator: Simulator | undefined

beforeAll(async () => {
  house = await openHouse({
    manager: { startTimeoutS: 4, cosignTimeoutS: 3, reportingIntervalS: 25 },
    relayer: { rpcTimeoutMs: 1500, headMaxAgeS: 90 },
    stationAnswerMs: 3000,
  })
  driver = await house.driver()
}, 120_000)

afterEach(async () => {
  await simulator?.kill()
  simulator = undefined
})

afterAll(async () => {
  await house?.close()
}, 60_000)

const lyon = 'FR*WRN*E000003'
const nantes = 'FR*WRN*E000001'
const bordeaux = 'FR*WRN*E000005'
const strasbourg = 'FR*WRN*E000006'

const bookable = async (evseId: string): Promise<void> => {
  await until(
    async () =>
      ['AVAILABLE', 'BLOCKED'].includes(
        (await ask(house.bus, 'catalogue.offer', { evseId: evseId as never, connector: 1 })).status,
      ),
    20_000,
    `${evseId} to be free`,
  )
}

const open = async (evseId: string, maxAmountMicro?: bigint): Promise<SessionView> => {
  await bookable(evseId)
  const view = await driver.open(
    await driver.quote({ evseId, ...(maxAmountMicro === undefined ? {} : { maxAmountMicro }) }),
  )
  follow(view.id)
  return view
}

/** Warnings told while following, by session. */
const warnings = new Map<string, string[]>()

/** Listens as an app does: the readings heard are what the driver's device checks the receipt by. */
const follow = (id: string): void => {
  const heard: string[] = []
  warnings.set(id, heard)
  void (async () => {
    for await (const event of driver.live(id)) if (event.type === 'session.warning') heard.push(event.data.code)
  })().catch(() => undefined)
}

const wait = async (
  id: string,
  holds: (view: SessionView) => boolean,
  what: string,
  withinMs = 30_000,
): Promise<SessionView> => {
  let view = await driver.session(id)
  await until(
    async () => {
      view = await driver.session(id)
      return holds(view) || (terminalStates.has(view.state) && !holds(view))
    },
    withinMs,
    `${what} (it is ${view.state})`,
  )
  if (!holds(view)) throw new Error(`Waited for ${what}, but the session is ${view.state}: ${view.message}`)
  return view
}

const state = (name: SessionView['state']) => (view: SessionView) => view.state === name
const energy = (wh: number) => (view: SessionView) => view.energyWh >= wh

/** Follows the session's readings, then stops, co-signs and waits for the money. */
const finish = async (id: string): Promise<SessionView> => {
  if ((await driver.session(id)).state === 'charging') await driver.stop(id)
  await wait(id, (view) => view.receipt !== undefined, 'the receipt')
  expect(await driver.cosign(id)).toMatchObject({ cosigned: true })
  return wait(id, state('settled'), 'the settlement')
}

/** Books and chain agree on this session: locked, paid and returned add up to nothing left. */
const expectBalanced = async (view: SessionView): Promise<void> => {
  const { items } = await house.store.find<LedgerEntry & { _id: string }>('manager_ledger', { sessionId: view.id })
  const sum = (account: string) =>
    items
      .flatMap(({ postings }) => postings)
      .filter((posting) => posting.account.startsWith(account))
      .reduce((total, { micro }) => total + BigInt(micro), 0n)
  expect(sum('escrow')).toBe(0n)
  expect(sum('payee')).toBe(BigInt(view.paidMicro!))
  expect(sum('driver')).toBe(-BigInt(view.paidMicro!))
  expect(BigInt(view.paidMicro!) + BigInt(view.returnedMicro!)).toBe(BigInt(view.limitMicro))
  const chain = await ask(house.bus, 'relayer.session', { sessionId: view.id })
  expect(chain).toMatchObject({ heldMicro: '0' })
}

describe('a start that fails', () => {
  it('gives the deposit back at once when the station declines, and says why', async () => {
    simulator = await house.station('WRN-LYON-1', { misbehave: ['rejects-start'] })
    const before = (await driver.credit()).creditMicro
    const { id } = await open(lyon)
    const view = await wait(id, state('cancelled'), 'the deposit to come back')
    expect(view).toMatchObject({ paidMicro: '0', returnedMicro: '25000000' })
    expect(view.message).toMatch(/\w/)
    expect((await driver.credit()).creditMicro).toBe(before)
    await expectBalanced(view)
  }, 60_000)

  it('gives the deposit back when the station does not answer the start', async () => {
    simulator = await house.station('WRN-LYON-1', { misbehave: ['never-answers'] })
    const view = await wait((await open(lyon)).id, state('cancelled'), 'the deposit to come back', 40_000)
    expect(view.message).toMatch(/answer/i)
    await expectBalanced(view)
  }, 60_000)

  it('gives the deposit back when the station accepts and never begins', async () => {
    simulator = await house.station('WRN-STRASBOURG-1', { misbehave: ['accepts-start-does-nothing'] })
    const view = await wait((await open(strasbourg)).id, state('cancelled'), 'the deposit to come back')
    expect(view.message).toMatch(/did not begin/)
    await expectBalanced(view)
  }, 60_000)

  it('stops power that begins after the deposit went back', async () => {
    // Two minutes of its world are six seconds of ours.
    simulator = await house.station('WRN-LYON-1', { misbehave: ['late-start'], speed: 20 })
    const { id } = await open(lyon)
    await wait(id, state('cancelled'), 'the deposit to come back')
    await simulator.waitFor('transaction', (event) => event.state === 'began', 30_000)
    await simulator.waitFor('transaction', (event) => event.state === 'ended', 30_000)
    const view = await wait(id, (now) => now.flags.includes('late-start'), 'the late start to be noted')
    expect(view).toMatchObject({ state: 'cancelled', paidMicro: '0' })
  }, 90_000)

  it('refuses a plug that is taken, and one whose station is away, before anything is signed', async () => {
    simulator = await house.station('WRN-LYON-1')
    const { id } = await open(lyon)
    await wait(id, state('charging'), 'power')
    await expect(driver.quote({ evseId: lyon })).rejects.toMatchObject({ code: 'evse-occupied' })
    await finish(id)
    await expect(driver.quote({ evseId: bordeaux })).rejects.toMatchObject({ code: 'station-offline' })
  }, 90_000)
})

describe('while charging', () => {
  it('goes on while the station is offline, and bills by its meter when it comes back', async () => {
    simulator = await house.station('WRN-BORDEAUX-1', { maxPowerW: 60_000, dc: true })
    const { id } = await open(bordeaux)
    await wait(id, energy(20), 'energy')
    await simulator.send({ do: 'offline' })
    await wait(id, (view) => view.stationOffline, 'the offline mark')
    expect((await driver.session(id)).state).toBe('charging')
    await new Promise((resolve) => setTimeout(resolve, 3000))
    await simulator.send({ do: 'stopButton', evse: 1 })
    const told = await simulator.waitFor('transaction', (event) => event.state === 'ended', 20_000)
    await simulator.send({ do: 'online' })
    const ended = await wait(id, (view) => view.receipt !== undefined, 'the end told later')
    // The station rounds its register in either message.
    expect(Math.abs(Number(ended.receipt!.endWh) - told.registerWh!)).toBeLessThanOrEqual(1)
    expect(Date.parse(ended.endedAt!)).toBeLessThan(Date.now() - 100)
    await expectBalanced(await finish(id))
  }, 90_000)

  it('makes one session of starts, messages and ends told twice', async () => {
    simulator = await house.station('WRN-LYON-1', { misbehave: ['duplicate-start', 'resend-messages'] })
    const { id } = await open(lyon)
    await wait(id, energy(3), 'energy')
    const view = await finish(id)
    await expectBalanced(view)
    const { items } = await house.store.find<{ _id: string; sessionId?: string }>('ocpp_transactions', {
      stationId: 'WRN-LYON-1',
      sessionId: id,
    })
    expect(items).toHaveLength(1)
    await simulator.kill()
    simulator = await house.station('WRN-STRASBOURG-1', { misbehave: ['repeat-events'] })
    const second = await open(strasbourg)
    await wait(second.id, energy(2), 'energy')
    await expectBalanced(await finish(second.id))
  }, 120_000)

  it('answers and keeps the end of a transaction nobody knows', async () => {
    simulator = await house.station('WRN-LYON-1')
    const { answer } = await simulator.send({
      do: 'call',
      action: 'StopTransaction',
      payload: { transactionId: 987_654, meterStop: 4711, timestamp: new Date().toISOString() },
    })
    expect(answer).toBeDefined()
    await until(
      async () => (await house.store.count('ocpp_orphans', { stationId: 'WRN-LYON-1' })) > 0,
      10_000,
      'the orphan to be kept',
    )
  }, 60_000)

  it('keeps, flags and never bills what a meter cannot have measured', async () => {
    simulator = await house.station('WRN-LYON-1', { misbehave: ['register-backwards'] })
    const { id } = await open(lyon)
    const flagged = await wait(id, (view) => view.flags.some((flag) => flag.startsWith('meter-')), 'the flag', 40_000)
    expect(flagged.state).toBe('charging')
    await driver.stop(id)
    const view = await finish(id)
    // Its register stays behind for good: what it shows from then on is believed only once it is above what was believed before.
    const seconds = (Date.parse(view.endedAt!) - Date.parse(view.startedAt!)) / 1000
    expect(view.energyWh).toBeGreaterThanOrEqual(0)
    expect(view.energyWh).toBeLessThanOrEqual((22_000 * seconds) / 3600 + 1)
    await expectBalanced(view)
  }, 90_000)

  it('bills right though the station labels kWh as Wh', async () => {
    simulator = await house.station('WRN-LYON-1', { misbehave: ['kwh-as-wh'] })
    const { id } = await open(lyon)
    await wait(id, state('charging'), 'power')
    await new Promise((resolve) => setTimeout(resolve, 5000))
    await driver.stop(id)
    const told = await simulator.waitFor('transaction', (event) => event.state === 'ended', 20_000)
    const view = await finish(id)
    expect(view.energyWh).toBeLessThanOrEqual(Math.ceil(told.energyWh ?? 0) + 1)
    await expectBalanced(view)
  }, 90_000)

  it('dates a charge by our clock when the station has none', async () => {
    simulator = await house.station('WRN-LYON-1', { misbehave: ['clock-1970'] })
    const { id } = await open(lyon)
    await wait(id, energy(3), 'energy')
    const view = await finish(id)
    expect(Math.abs(Date.parse(view.startedAt!) - Date.now())).toBeLessThan(120_000)
    await expectBalanced(view)
  }, 90_000)

  it('warns, then stops before the deposit is used up', async () => {
    simulator = await house.station('WRN-NANTES-1', { maxPowerW: 150_000, dc: true })
    const { id } = await open(nantes, 1_000_000n)
    const ended = await wait(id, (view) => view.receipt !== undefined, 'the stop at the limit', 60_000)
    expect(ended.stopReason).toBe('limit')
    expect(BigInt(ended.receipt!.amount)).toBeLessThanOrEqual(1_000_000n)
    const view = await finish(id)
    expect(warnings.get(id)).toContain('deposit-80')
    expect(warnings.get(id)).toContain('deposit-95')
    await expectBalanced(view)
  }, 120_000)
})

describe('at the plug', () => {
  it.each([
    ['OCPP 1.6', 'WRN-LYON-1', lyon],
    ['OCPP 2.0.1', 'WRN-STRASBOURG-1', strasbourg],
  ])(
    'a card walks the same corridor over %s',
    async (_version, stationId, evseId) => {
      simulator = await house.station(stationId)
      await bookable(evseId)
      const card = { do: 'card', evse: 1, idTag: 'WERENODE-DEMO-CARD' } as const
      expect(await simulator.send(card)).toMatchObject({ accepted: true })
      const newest = async () =>
        (await ask(house.bus, 'manager.sessions', { evseId: evseId as never, limit: 1 })).items[0]
      await until(
        async () => (await newest())?.door === 'card' && (await newest())!.energyWh > 1,
        30_000,
        'the card session',
      )
      await simulator.send(card)
      await until(async () => (await newest())?.state === 'settled', 30_000, 'the card session to settle')
      const view = (await newest())!
      expect(view.cosigned).toBe(true)
      await expectBalanced(view)
    },
    90_000,
  )

  it('an unknown card is refused', async () => {
    simulator = await house.station('WRN-LYON-1')
    expect(await simulator.send({ do: 'card', evse: 1, idTag: 'STRANGER' })).toMatchObject({ accepted: false })
  }, 60_000)
})

describe('when a part of the house is away', () => {
  it('goes on charging while the chain is away, refuses new paid charges in words, and settles when it is back', async () => {
    simulator = await house.station('WRN-LYON-1')
    const { id } = await open(lyon)
    await wait(id, energy(2), 'energy')
    const { nodePid } = house.chain.status()
    process.kill(nodePid!, 'SIGSTOP')
    try {
      await until(async () => !(await ask(house.bus, 'relayer.health', {})).canOpen, 30_000, 'the relayer to notice')
      const second = await house.station('WRN-STRASBOURG-1')
      await bookable(strasbourg)
      await expect(driver.quote({ evseId: strasbourg })).rejects.toMatchObject({ code: 'chain-unavailable' })
      await second.kill()
      const before = (await driver.session(id)).energyWh
      await wait(id, energy(before + 2), 'energy to go on')
      await driver.stop(id)
      await wait(id, (view) => view.receipt !== undefined, 'the receipt')
      await driver.cosign(id)
      expect((await driver.session(id)).state).toBe('settling')
    } finally {
      process.kill(nodePid!, 'SIGCONT')
    }
    await expectBalanced(await wait(id, state('settled'), 'the settlement', 60_000))
  }, 150_000)

  it('acknowledges nothing to a station while the database is away, and loses nothing', async () => {
    simulator = await house.station('WRN-LYON-1')
    const { id } = await open(lyon)
    await wait(id, energy(2), 'energy')
    const release = holdDatabase(house)
    try {
      await simulator.send({ do: 'stopButton', evse: 1 })
      await simulator.waitFor('transaction', (event) => event.state === 'ended', 20_000)
      await new Promise((resolve) => setTimeout(resolve, 1500))
      expect(
        simulator.events.filter((event) => event.event === 'acknowledged' && event.action === 'StopTransaction'),
      ).toEqual([])
    } finally {
      release()
    }
    await simulator.waitFor('acknowledged', (event) => event.action === 'StopTransaction', 60_000)
    await expectBalanced(await finish(id))
  }, 150_000)
})

describe('when a person is away', () => {
  it('is proposed by the operator alone when the driver does not co-sign, and final after the dispute window', async () => {
    simulator = await house.station('WRN-LYON-1')
    const { id } = await open(lyon)
    await wait(id, energy(2), 'energy')
    await driver.stop(id)
    const proposed = await wait(id, (view) => view.transactions.propose !== undefined, 'the proposal', 40_000)
    expect(proposed.state).toBe('settling')
    house.pass(25 * 3_600_000)
    const view = await wait(id, state('settled'), 'the end of the dispute window', 40_000)
    expect(view.cosigned).toBe(false)
    await expectBalanced(view)
  }, 120_000)

  it('settles a receipt that the chain refused at first, and takes a co-signature that comes late', async () => {
    simulator = await house.station('WRN-LYON-1')
    const { id } = await open(lyon)
    await wait(id, energy(2), 'energy')
    const { transactionKey } = (await house.store.get<SessionRecord>('manager_sessions', id))!
    const transactionId = transactionKey!.slice('WRN-LYON-1/'.length)
    await simulator.kill()
    // Its clock and that of the process it spoke to are ten minutes ahead: no chain takes a receipt from the future.
    const at = new Date(Date.now() + house.passedMs() + 600_000).toISOString()
    const clocks = { stationAt: at, receivedAt: at, offline: false }
    const place = { stationId: 'WRN-LYON-1', evse: 1, connector: 1, transactionId }
    await house.bus.commit(
      [],
      [
        newEvent({
          id: `${id}:early`,
          type: 'transaction.ended',
          at: new Date(at),
          subject: 'station.WRN-LYON-1',
          data: { ...place, ...clocks, reason: 'Local', estimated: false, flags: [] },
        }),
      ],
    )
    const refused = await wait(id, (view) => view.flags.includes('propose-refused'), 'the refusal', 40_000)
    expect(refused.state).toBe('settling')
    expect(await ask(house.bus, 'relayer.session', { sessionId: id })).toMatchObject({ heldMicro: refused.limitMicro })
    const isProposed = async () => (await driver.session(id)).transactions.propose !== undefined
    for (let minutes = 0; !(await isProposed()); minutes += 1) {
      expect(minutes).toBeLessThan(20)
      house.pass(60_000)
      await new Promise((resolve) => setTimeout(resolve, 1_000))
    }
    expect(await driver.cosign(id)).toMatchObject({ cosigned: true })
    await expectBalanced(await wait(id, state('settled'), 'the settlement'))
  }, 120_000)

  it('gives everything back to the driver when the operator vanishes', async () => {
    driver = await house.driver()
    simulator = await house.station('WRN-LYON-1')
    const { id } = await open(lyon)
    await wait(id, energy(2), 'energy')
    await simulator.kill()
    await house.manager.stop()
    house.pass(6 * 86_400_000)
    // Anyone may send it; here the relayer does it in the driver's place.
    const { terms } = (await house.store.get<{ _id: string; terms: SessionView['terms'] }>('manager_sessions', id))!
    await ask(house.bus, 'relayer.submit', { key: `${id}:reclaim`, intent: { kind: 'reclaim', terms } })
    await until(
      async () => (await ask(house.bus, 'relayer.session', { sessionId: id as never })).status === 'Reclaimed',
      30_000,
      'the deposit to go back',
    )
    await house.manager.start()
    driver = await house.driver()
    const reclaimed = async () => await ask(house.bus, 'manager.session', { sessionId: id as never })
    await until(async () => (await reclaimed()).state === 'reclaimed', 30_000, 'the books to follow')
    await expectBalanced(await reclaimed())
  }, 120_000)
})

/** Takes the write lock of the database file from another connection, as a stuck backup or a full disk would keep writes away. */
const holdDatabase = ({ databaseFile }: House): (() => void) => {
  const database = new DatabaseSync(databaseFile)
  database.exec('PRAGMA busy_timeout = 5000; BEGIN IMMEDIATE')
  return () => {
    database.exec('ROLLBACK')
    database.close()
  }
}
