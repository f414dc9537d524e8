import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ask, type SessionView, terminalStates } from '@werenode/core'
import type { Werenode } from '@werenode/sdk'
import type { Simulator } from '@werenode/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { monthOf } from '../src/commands/ocpi/statement.ts'
import { run } from '../src/commands/run.ts'
import { createScreen, type Screen } from '../src/terminal/screen.ts'
import { type House, openHouse, until } from './house.ts'

/** Two whole nodes, each with its own chain, store and stations, that know each other by OCPI over HTTP alone. */
let home: House
let away: House
let driver: Werenode
let simulator: Simulator | undefined
/** How each knows the other. */
let awayAtHome: string
let homeAtAway: string

const tuning = {
  manager: { startTimeoutS: 8, cosignTimeoutS: 5, reportingIntervalS: 25 },
  relayer: { rpcTimeoutMs: 1500, headMaxAgeS: 90 },
  stationAnswerMs: 5000,
  roaming: { pullEveryMs: 3_600_000, outbox: { firstPauseMs: 50, longestPauseMs: 500 }, cdrWaitMs: 20_000 },
}

beforeAll(async () => {
  home = await openHouse(tuning)
  away = await openHouse(tuning, { country_code: 'NL', party_id: 'TWO', name: 'Two Charging' })
  const { id, url, token } = await away.roaming.partners.invite('Home')
  homeAtAway = id
  expect((await typed(['add-partner', url, token, '--name', 'Two Charging'])).text).toMatch(
    /Registered with NL\*TWO \(CPO\), NL\*TWO \(EMSP\) by OCPI 2\.3\.0/,
  )
  awayAtHome = (await home.roaming.partners.list())[0]!.id
  driver = await home.driver()
}, 400_000)

afterEach(async () => {
  await simulator?.kill()
  simulator = undefined
})

afterAll(async () => {
  await home?.close()
  await away?.close()
}, 90_000)

/** What the operator of our node types, and what it answers. */
const typed = async (args: readonly string[], house: House = home): Promise<{ code: number; text: string }> => {
  const lines: string[] = []
  const screen: Screen = { ...createScreen(), live: false, columns: 200, print: (text = '') => void lines.push(text) }
  const options = ['--server', house.node.origin, '--key', house.operatorKey]
  const party = house === home ? [] : ['--party', 'NL*TWO']
  const code = await run(['ocpi', ...args, ...options, ...party], screen)
  return { code, text: lines.join('\n') }
}

const lyonAbroad = 'NL*TWO*E000003'
const lyonAtHome = 'FR*WRN*E000003'
const strasbourgAbroad = 'NL*TWO*E000006'

const offerAt = async (house: House, evseId: string) =>
  ask(house.bus, 'catalogue.offer', { evseId: evseId as never, connector: 1 }).catch(() => undefined)

const newestAt = async (house: House, evseId: string): Promise<SessionView | undefined> =>
  (await ask(house.bus, 'manager.sessions', { evseId: evseId as never, limit: 1 })).items[0]

const wait = async (id: string, holds: (view: SessionView) => boolean, what: string, withinMs = 40_000) => {
  let view = await driver.session(id)
  await until(
    async () => {
      view = await driver.session(id)
      return holds(view) || terminalStates.has(view.state)
    },
    withinMs,
    `${what} (it is ${view.state})`,
  )
  if (!holds(view)) throw new Error(`Waited for ${what}, but the session is ${view.state}: ${view.message}`)
  return view
}

const follow = (id: string): void => {
  void (async () => {
    for await (const _event of driver.live(id));
  })().catch(() => undefined)
}

describe('two nodes that roam', () => {
  it('show each other’s plugs with their status, tariffs and prices', async () => {
    simulator = await away.station('WRN-LYON-1')
    await until(
      async () => ['AVAILABLE', 'BLOCKED'].includes((await offerAt(home, lyonAbroad))?.status ?? ''),
      20_000,
      'the plug abroad',
    )
    const offer = (await offerAt(home, lyonAbroad))!
    expect(offer).toMatchObject({ party: 'NL*TWO', payable: true, free: false })
    expect(offer.tariff).toMatchObject({ currency: 'EUR' })
    expect(offer.payee).toBe((await offerAt(home, lyonAtHome))!.payee)
    await until(async () => (await offerAt(away, lyonAtHome)) !== undefined, 20_000, 'our plug at the partner')
  }, 60_000)

  it('our driver charges abroad by wallet: the CDR ends it and the escrow pays it', async () => {
    simulator = await away.station('WRN-LYON-1')
    await until(
      async () => ['AVAILABLE', 'BLOCKED'].includes((await offerAt(home, lyonAbroad))?.status ?? ''),
      20_000,
      'the plug abroad',
    )
    const opened = await driver.open(await driver.quote({ evseId: lyonAbroad }))
    follow(opened.id)
    await wait(opened.id, (view) => view.state === 'charging' && view.energyWh >= 5, 'energy abroad')
    const there = (await newestAt(away, lyonAbroad))!
    expect(there).toMatchObject({ door: 'roaming', state: 'charging' })
    await driver.stop(opened.id)
    const ended = await wait(opened.id, (view) => view.receipt !== undefined, 'the CDR')
    expect(await driver.cosign(opened.id)).toMatchObject({ cosigned: true })
    const settled = await wait(opened.id, (view) => view.state === 'settled', 'the settlement')
    expect(ended.flags).toEqual([])
    const { items } = await home.store.find<{
      _id: string
      object: { total_cost: { incl_vat: number }; total_energy: number }
    }>('ocpi_objects', { owner: awayAtHome, kind: 'cdrs' }, {})
    expect(items).toHaveLength(1)
    const cdr = items[0]!.object
    expect(settled.energyWh).toBe(Math.round(cdr.total_energy * 1000))
    // To the cent: what left the escrow is what the CDR bills.
    expect(Number(settled.paidMicro) / 1e6).toBeCloseTo(cdr.total_cost.incl_vat, 2)
    const chain = await ask(home.bus, 'relayer.session', { sessionId: opened.id })
    expect(chain).toMatchObject({ status: 'Settled', heldMicro: '0' })
    await until(async () => (await newestAt(away, lyonAbroad))?.state === 'settled', 20_000, 'the end abroad')
  }, 120_000)

  it('a token of the partner starts our plug by card, and its CDR goes to its issuer', async () => {
    await away.roaming.putOwn('tokens', {
      country_code: 'NL',
      party_id: 'TWO',
      uid: 'NLTWOCARD1',
      type: 'RFID',
      contract_id: 'NL-TWO-C00000001-X',
      issuer: 'Two Charging',
      valid: true,
      whitelist: 'NEVER',
      last_updated: new Date().toISOString(),
    } as never)
    simulator = await home.station('WRN-LYON-1')
    await until(
      async () => ['AVAILABLE', 'BLOCKED'].includes((await offerAt(home, lyonAtHome))?.status ?? ''),
      20_000,
      'our plug',
    )
    const card = { do: 'card', evse: 1, idTag: 'NLTWOCARD1' } as const
    expect(await simulator.send(card)).toMatchObject({ accepted: true })
    await until(
      async () => {
        const view = await newestAt(home, lyonAtHome)
        return view?.door === 'roaming' && view.energyWh > 1
      },
      30_000,
      'the session of the foreign card',
    )
    await simulator.send(card)
    await until(async () => (await newestAt(home, lyonAtHome))?.state === 'settled', 30_000, 'its end')
    const cdrs = async () =>
      (
        await away.store.find<{ _id: string; object: { cdr_token: { uid: string }; auth_method: string } }>(
          'ocpi_objects',
          { owner: homeAtAway, kind: 'cdrs' },
          {},
        )
      ).items
    await until(async () => (await cdrs()).length === 1, 20_000, 'the CDR at the issuer')
    expect((await cdrs())[0]!.object).toMatchObject({ auth_method: 'AUTH_REQUEST', cdr_token: { uid: 'NLTWOCARD1' } })
  }, 120_000)

  it.each([
    ['declines the start', 'rejects-start'],
    ['accepts the start and never begins', 'accepts-start-does-nothing'],
  ] as const)(
    'give the deposit back when the station abroad %s',
    async (_words, habit) => {
      simulator = await away.station('WRN-STRASBOURG-1', { misbehave: [habit] })
      await until(
        async () => ['AVAILABLE', 'BLOCKED'].includes((await offerAt(home, strasbourgAbroad))?.status ?? ''),
        20_000,
        'the plug abroad',
      )
      const before = (await driver.credit()).creditMicro
      const opened = await driver.open(await driver.quote({ evseId: strasbourgAbroad }))
      const view = await wait(opened.id, ({ state }) => state === 'cancelled', 'the deposit to come back')
      expect(view).toMatchObject({ paidMicro: '0', returnedMicro: view.limitMicro })
      expect(view.message).toMatch(/\w/)
      expect((await driver.credit()).creditMicro).toBe(before)
    },
    90_000,
  )

  it('come to the same sum for a month, to the cent', async () => {
    const { from, to } = monthOf(undefined)
    const here = await home.roaming.statement(awayAtHome, from.toISOString(), to.toISOString())
    const there = await away.roaming.statement(homeAtAway, from.toISOString(), to.toISOString())
    expect(here).toMatchObject({ compared: true, openMicro: '0' })
    expect(here.lines.map(({ issuer, state }) => `${issuer} ${state}`).sort()).toEqual(['them agreed', 'us agreed'])
    expect(there.root).toBe(here.root)
    expect(BigInt(there.netMicro)).toBe(-BigInt(here.netMicro))
    expect((await typed(['statement', awayAtHome])).text).toContain(here.root)
  }, 30_000)

  it('say what went wrong in words, and are tested, checked, paused and sent to again by command line', async () => {
    expect((await typed(['list'])).text).toMatch(/Two Charging +registered +2\.3\.0/)
    expect(await typed(['test', awayAtHome])).toMatchObject({ code: 0 })
    const check = await typed(['check', awayAtHome])
    expect(check.text).toContain('objects of locations')
    expect(check).toMatchObject({ code: 0 })
    expect((await typed(['pull', awayAtHome, '--full'])).text).toMatch(/locations +\d+ objects/)
    expect((await typed(['pause', awayAtHome])).text).toContain('pushes held back')
    expect((await typed(['resume', awayAtHome])).text).not.toContain('pushes held back')
    expect((await typed(['resend', awayAtHome])).text).toContain('objects are sent again')
    await expect(typed(['show', 'nobody'])).rejects.toMatchObject({ code: 'not-found' })
    await expect(typed(['add-partner', `${home.node.origin}/nowhere`, 'x'])).rejects.toMatchObject({ code: 'conflict' })
  }, 60_000)

  it('put payment terminals at plugs and book each other’s, by command line', async () => {
    const owner = { country_code: 'NL', party_id: 'TWO' }
    const terminal = { terminal_id: 'T-1', reference: 'SN-1', city: 'Lyon', last_updated: new Date().toISOString() }
    const own = { ...owner, id: 'T-1', last_updated: terminal.last_updated, terminal }
    await away.roaming.putOwn('terminals', own as never, { forParty: { country_code: 'FR', party_id: 'WRN' } })
    const shows = (verb: string, words: RegExp) => async () => words.test((await typed([verb, awayAtHome])).text)
    await until(shows('terminals', /T-1 +SN-1 +Lyon/), 20_000, 'the terminal')
    expect((await typed(['assign-terminal', awayAtHome, 'T-1', '--location', 'demo-lyon'])).text).toContain('serves')
    await typed(['pull', awayAtHome, '--full'])
    expect((await typed(['terminals', awayAtHome])).text).toContain('demo-lyon')
    expect((await typed(['activate-terminal', awayAtHome, 'SN-2', '--location', 'demo-lyon'])).code).toBe(0)
    await until(shows('terminals', /SN-2/), 20_000, 'the terminal that was asked for')
    expect((await typed(['return-terminal', awayAtHome, 'T-1'])).text).toContain('given back')
    await expect(typed(['return-terminal', awayAtHome, 'NONE'])).rejects.toMatchObject({ code: 'conflict' })

    const [there] = (await ask(away.bus, 'catalogue.locations', { limit: 1 })).items
    const hour = (nr: number) => new Date(Math.ceil(Date.now() / 3_600_000 + 24 + nr) * 3_600_000).toISOString()
    const slot = ['--from', hour(0), '--to', hour(8)]
    const offered = await typed(['offer', 'BL-1', '--location', there!.id, '--power', '22', ...slot], away)
    expect(offered.text).toMatch(/BL-1 +here .*22 kW/)
    await until(shows('bookable', /BL-1 +there/), 20_000, 'the offer')
    const booked = await typed(['book', awayAtHome, 'BL-1', '--from', hour(1), '--to', hour(2), '--power', '11'])
    expect(booked).toMatchObject({ code: 0, text: expect.stringContaining('Booked') })
    expect((await typed(['book', awayAtHome, 'BL-1', '--from', hour(1), '--to', hour(2)])).code).toBe(1)
    const { items } = await ask(away.bus, 'roaming.bookings', { party: 'NL*TWO' as never, partnerId: homeAtAway })
    const { requestId } = items.find(({ status }) => status === 'RESERVED')!
    expect((await typed(['bookings', homeAtAway], away)).text).toContain(requestId)
    const cancelled = await typed(['cancel', awayAtHome, requestId])
    expect(cancelled).toMatchObject({ code: 0, text: expect.stringContaining('Cancelled') })

    const preferred = await typed(['prefer', awayAtHome, 'NOBODY', 'cheap', '--to', hour(4), '--energy', '20'])
    expect(preferred).toEqual({ code: 1, text: 'The partner or its plug weighs no preferences.' })
    await expect(typed(['prefer', awayAtHome, 'NOBODY', 'soon'])).rejects.toMatchObject({ code: 'invalid-input' })
  }, 90_000)

  it('take in how open-data points are, and say which rows were not taken', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'irve-status-')), 'dynamic.csv')
    const rows = ['FRS35E1,en_service,libre,2026-11-22T10:00:00Z', 'FRS35E2,marche,libre,2026-11-22T10:00:00Z']
    writeFileSync(path, ['id_pdc_itinerance,etat_pdc,occupation_pdc,horodatage', ...rows].join('\n'))
    const lines: string[] = []
    const screen: Screen = { ...createScreen(), live: false, columns: 200, print: (text = '') => void lines.push(text) }
    const options = ['--server', home.node.origin, '--key', home.operatorKey]
    expect(await run(['irve-status', path, ...options], screen)).toBe(0)
    expect(lines.join('\n')).toMatch(/2 rows read, 0 charge points.*\n.*2 rows were not taken/)
    expect(lines.join('\n')).toMatch(/2 +FRS35E1 +no such EVSE/)
    await expect(run(['irve-status', `${path}.none`, ...options], screen)).rejects.toMatchObject({
      code: 'no-responder',
    })
    rmSync(dirname(path), { recursive: true })
  }, 30_000)

  it('renew their tokens and part, by command line', async () => {
    expect((await typed(['rotate', awayAtHome])).text).toContain('new')
    expect(await typed(['test', awayAtHome])).toMatchObject({ code: 0 })
    expect((await typed(['invite', 'Three'])).text).toMatch(/Versions URL +http/)
    expect((await typed(['remove', awayAtHome])).text).toContain('ended')
    expect((await typed(['list'])).text).toMatch(/Two Charging +unregistered/)
  }, 60_000)
})
