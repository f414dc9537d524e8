import { ask, type SessionView, terminalStates } from '@werenode/core'
import type { Werenode } from '@werenode/sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../src/commands/run.ts'
import { createScreen, type Screen } from '../src/terminal/screen.ts'
import { type House, openHouse, until } from './house.ts'

/** Two whole nodes with their own stores and stations, on one chain, that know each other by OCPI over HTTP alone. */
let home: House
let away: House
let driver: Werenode
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
  away = await openHouse(tuning, { country_code: 'NL', party_id: 'TWO', name: 'Two Charging' }, undefined, home)
  const { id, url, token } = await away.roaming.partners.invite('Home')
  homeAtAway = id
  awayAtHome = (await home.roaming.partners.add({ url, token, name: 'Two Charging' })).id
  driver = await home.driver()
}, 180_000)

afterAll(async () => {
  await away?.close()
  await home?.close()
}, 90_000)

const typed = async (house: House, args: readonly string[]): Promise<{ code: number; text: string }> => {
  const lines: string[] = []
  const screen: Screen = { ...createScreen(), live: false, columns: 200, print: (text = '') => void lines.push(text) }
  const party = house === home ? 'FR*WRN' : 'NL*TWO'
  const options = ['--server', house.node.origin, '--key', house.operatorKey, '--party', party]
  const code = await run(['ocpi', ...args, ...options], screen)
  return { code, text: lines.join('\n') }
}

const lyonAbroad = 'NL*TWO*E000003'

const wait = async (id: string, holds: (view: SessionView) => boolean, what: string) => {
  let view = await driver.session(id)
  await until(
    async () => {
      view = await driver.session(id)
      return holds(view) || terminalStates.has(view.state)
    },
    60_000,
    what,
  )
  if (!holds(view)) throw new Error(`Waited for ${what}, but the session is ${view.state}: ${view.message}`)
  return view
}

/** A charge of our driver at the partner's plug, settled here; the partner's CDR is what we owe for it. */
const chargeAbroad = async (): Promise<void> => {
  const simulator = await away.station('WRN-LYON-1')
  await until(
    async () => {
      const evse = { evseId: lyonAbroad as never, connector: 1 }
      const offer = await ask(home.bus, 'catalogue.offer', evse).catch(() => undefined)
      return ['AVAILABLE', 'BLOCKED'].includes(offer?.status ?? '')
    },
    30_000,
    'the plug abroad',
  )
  const opened = await driver.open(await driver.quote({ evseId: lyonAbroad }))
  // The app co-signs what it saw.
  void (async () => {
    for await (const _event of driver.live(opened.id));
  })().catch(() => undefined)
  await wait(opened.id, (view) => view.state === 'charging' && view.energyWh >= 5, 'energy abroad')
  await driver.stop(opened.id)
  await wait(opened.id, (view) => view.receipt !== undefined, 'the CDR')
  expect(await driver.cosign(opened.id)).toMatchObject({ cosigned: true })
  await wait(opened.id, (view) => view.state === 'settled', 'the settlement')
  await simulator.kill()
}

const creditOf = async (house: House): Promise<bigint> => {
  const { payee } = await ask(house.bus, 'relayer.network', {})
  return BigInt((await ask(house.bus, 'relayer.credit', { account: payee })).creditMicro)
}
const statementAt = (house: House, partner: string, from: string, to: string) =>
  house.roaming.statement(partner, from, to)

describe('a period between two nodes', () => {
  let from: string
  let to: string

  it('is signed by both, paid on chain by whoever owes it, and both books agree to the cent', async () => {
    from = new Date(Date.now() - 3_600_000).toISOString()
    await chargeAbroad()
    to = new Date(Math.ceil(Date.now() / 1000) * 1000).toISOString()
    await until(() => Date.now() > Date.parse(to), 5_000, 'the end of the period')
    const [homeBefore, awayBefore] = [await creditOf(home), await creditOf(away)]
    // Whom the money is owed to closes; whoever owes it countersigns, and pays.
    const closing = await typed(away, ['statement', homeAtAway, '--from', from, '--to', to, '--close'])
    expect(closing.text).toMatch(/signed by both/)
    expect(closing.code).toBe(0)
    const both = async () =>
      [await statementAt(home, awayAtHome, from, to), await statementAt(away, homeAtAway, from, to)] as const
    await until(async () => (await both()).every((one) => one.closing?.state === 'paid'), 30_000, 'the payment')
    const [here, there] = await both()
    const owed = BigInt(here.theyBilledMicro)
    expect(owed).toBeGreaterThan(0n)
    expect(here).toMatchObject({ compared: true, openMicro: '0', netMicro: (-owed).toString() })
    expect(there).toMatchObject({ compared: true, openMicro: '0', netMicro: owed.toString() })
    expect(there.root).toBe(here.root)
    expect(here.closing).toMatchObject({
      payer: 'us',
      statement: { number: 1, totalMicro: owed.toString(), root: here.root },
    })
    expect(there.closing).toMatchObject({ payer: 'them', statement: here.closing!.statement })
    // What was closed is its invoice: the record of it came by mod_invoice_reconciliation, with the CDRs by their ids.
    const invoices = async () =>
      (
        await home.store.find<{ _id: string; object: { invoice_id: string; cdrs: readonly string[] } }>(
          'ocpi_objects',
          { owner: awayAtHome, kind: 'invoicereconciliation' },
          {},
        )
      ).items.map(({ object }) => object)
    await until(async () => (await invoices()).length > 0, 20_000, 'the invoice record')
    expect(await invoices()).toMatchObject([
      {
        invoice_id: `${from}/${to}`,
        cdrs: here.lines.filter(({ issuer }) => issuer === 'them').map(({ cdrId }) => cdrId),
      },
    ])
    expect((await home.roaming.partners.get(awayAtHome)).lastTroubles).toEqual([])
    expect(here.closing!.txHash).toBe(there.closing!.txHash)
    // Each holds the signatures of both.
    expect(there.closing!.theirSignature).toBe(here.closing!.ourSignature)
    expect(here.closing!.theirSignature).toBe(there.closing!.ourSignature)
    // To the cent, and to the last micro-euro: what left one operator's credit is in the other's.
    expect(homeBefore - (await creditOf(home))).toBe(owed)
    expect((await creditOf(away)) - awayBefore).toBe(owed)
  }, 180_000)

  it('is paid once, whoever asks again', async () => {
    const before = await creditOf(home)
    const again = await typed(home, ['statement', awayAtHome, '--from', from, '--to', to, '--close'])
    expect(again.text).toMatch(/signed by both and paid/)
    expect(await creditOf(home)).toBe(before)
    const inside = new Date(Date.parse(from) + 60_000).toISOString()
    await expect(typed(home, ['statement', awayAtHome, '--from', inside, '--to', to, '--close'])).rejects.toMatchObject(
      { code: 'conflict' },
    )
  }, 60_000)

  it('in which the books differ is disputed with every reason, and not a cent is paid', async () => {
    const begin = to
    await chargeAbroad()
    const end = new Date(Math.ceil(Date.now() / 1000) * 1000).toISOString()
    await until(() => Date.now() > Date.parse(end), 5_000, 'the end of the period')
    // The partner's own book says another sum than the CDR it sent.
    const { items } = await away.store.find<{
      _id: string
      object: { id: string; end_date_time: string; total_cost: { excl_vat: number; incl_vat: number } }
    }>('ocpi_objects', { owner: 'own', kind: 'cdrs', 'object.end_date_time': { $gte: begin } }, {})
    expect(items).toHaveLength(1)
    const { _rev: _, ...doc } = items[0]!
    const cost = { ...doc.object.total_cost, incl_vat: doc.object.total_cost.incl_vat + 1 }
    const write = (object: object) =>
      away.store.write([{ op: 'put', in: 'ocpi_objects', doc: { ...doc, object } as never }])
    await write({ ...doc.object, total_cost: cost })
    const before = [await creditOf(home), await creditOf(away)]
    for (const [house, partner] of [
      [home, awayAtHome],
      [away, homeAtAway],
    ] as const) {
      const said = await typed(house, ['statement', partner, '--from', begin, '--to', end, '--close'])
      expect(said.code).toBe(1)
      expect(said.text).toMatch(/disputed: nothing was signed or paid/)
      expect(said.text).toMatch(new RegExp(`CDR ${doc.object.id} .* is held with different amounts`))
    }
    expect([await creditOf(home), await creditOf(away)]).toEqual(before)
    // Set right, the same period is closed and paid: the dispute is over.
    await write(doc.object)
    expect((await typed(home, ['statement', awayAtHome, '--from', begin, '--to', end, '--close'])).code).toBe(0)
    await until(
      async () => (await statementAt(away, homeAtAway, begin, end)).closing?.state === 'paid',
      30_000,
      'the payment',
    )
    const owed = BigInt((await statementAt(home, awayAtHome, begin, end)).theyBilledMicro)
    expect(before[0]! - (await creditOf(home))).toBe(owed)
    expect((await statementAt(home, awayAtHome, begin, end)).closing?.statement?.number).toBe(2)
  }, 180_000)
})
