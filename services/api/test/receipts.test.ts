import { chargeEscrowAbi, disputeTypedData, escrowDomain } from '@werenode/chain'
import { decodeFunctionData, hashTypedData } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoTariffs } from './demo/tariffs.ts'
import { network } from './manager.ts'
import { chargeKeeper, type SignedCharge, signedCharge } from './signed-charge.ts'
import { type Driver, openWorld, type World } from './world.ts'

let world: World
let keeper: ReturnType<typeof chargeKeeper>
let driver: Driver
let other: Driver
beforeAll(async () => {
  world = await openWorld()
  keeper = chargeKeeper(world.bus)
  await world.api.start({ port: 0 })
  driver = await world.driver()
  other = await world.driver()
})
afterAll(() => world.close())

const startAt = new Date('2026-11-20T10:00:00.000Z')
const verdicts = async ({ view }: SignedCharge): Promise<{ holds: string; by: Record<string, string> }> => {
  const answer = await world.api.inject({ url: `/v1/receipts/${view.id}` })
  expect(answer.statusCode).toBe(200)
  const { holds, checks } = answer.json<{ holds: string; checks: { name: string; verdict: string }[] }>()
  return { holds, by: Object.fromEntries(checks.map(({ name, verdict }) => [name, verdict])) }
}
const broken = async (charge: SignedCharge): Promise<string[]> =>
  Object.entries((await verdicts(keeper.put(charge))).by).flatMap(([name, verdict]) =>
    verdict === 'broken' ? [name] : [],
  )

test('an honest receipt holds in every point, for anyone, without a login', async () => {
  const charge = await signedCharge({ driver: driver.account, startAt, energyWh: 10_000 })
  keeper.put(charge)
  const { holds, by } = await verdicts(charge)
  expect(holds).toBe('holds')
  expect(by).toEqual({
    terms: 'holds',
    quote: 'holds',
    tariff: 'holds',
    receipt: 'holds',
    cosignature: 'holds',
    'meter-start': 'holds',
    'meter-end': 'holds',
    merkle: 'holds',
    figures: 'holds',
    bound: 'holds',
    continuity: 'open',
    chain: 'holds',
  })
})

test('each thing that is not as it was signed is found', async () => {
  const make = (change = {}) => signedCharge({ driver: driver.account, startAt, energyWh: 10_000, ...change })
  const whole = await make()
  const { view, backing } = whole
  expect(await broken({ ...whole, view: { ...view, terms: { ...view.terms, pricePerKWh: '1' } } })).toContain('terms')
  expect(await broken({ ...whole, view: { ...view, tariff: demoTariffs[1] } })).toEqual(['tariff'])
  // A receipt that asks for more than was signed by operator and device.
  const dearer = { ...view, receipt: { ...view.receipt!, amount: '3900001' } }
  expect(await broken({ ...whole, view: dearer })).toEqual(['receipt', 'cosignature'])
  expect(await broken({ ...whole, backing: { ...backing, cosignature: backing.receiptSignature! } })).toEqual([
    'cosignature',
  ])
  const forged = { ...backing.evidence!.end, record: { ...backing.evidence!.end.record, wh: '14999' } }
  expect(await broken({ ...whole, backing: { ...backing, evidence: { ...backing.evidence!, end: forged } } })).toEqual([
    'meter-end',
    'merkle',
    'figures',
  ])
  expect(await broken(await make({ change: (receipt: object) => ({ ...receipt, endWh: 14_000n }) }))).toEqual([
    'figures',
    'bound',
  ])
  expect(await broken(await make({ change: (receipt: object) => ({ ...receipt, amount: 9_000_000n }) }))).toEqual([
    'bound',
  ])
})

test('a register range that was billed before is found', async () => {
  const at = (hour: number) => new Date(`2026-11-21T${hour}:00:00.000Z`)
  const evseId = 'FR*WRN*E000077'
  const first = await signedCharge({ driver: driver.account, startAt: at(10), energyWh: 8_000, startWh: 1_000, evseId })
  await keeper.tell(first)
  const next = await signedCharge({ driver: driver.account, startAt: at(12), energyWh: 500, startWh: 9_000, evseId })
  expect((await verdicts(keeper.put(next))).by.continuity).toBe('holds')
  const twice = await signedCharge({ driver: driver.account, startAt: at(12), energyWh: 500, startWh: 8_500, evseId })
  expect(await broken(twice)).toEqual(['continuity'])
})

test('the page says it in words, in two languages, without a script', async () => {
  const charge = keeper.put(await signedCharge({ driver: driver.account, startAt, energyWh: 10_000 }))
  const page = await world.api.inject({ url: `/r/${charge.view.id}`, headers: { 'accept-language': 'fr-FR' } })
  expect(page.headers['content-type']).toContain('text/html')
  expect(page.body).toContain('Tout ce qui peut être vérifié est exact.')
  expect(page.body).toContain('3,90')
  expect(page.body).not.toContain('<script')
  const bad = keeper.put({
    ...charge,
    view: { ...charge.view, locationName: '<script>alert(1)</script>', tariff: null },
  })
  const answer = await world.api.inject({ url: `/r/${bad.view.id}` })
  expect(answer.body).toContain('role="alert"')
  expect(answer.body).not.toContain('<script')
  expect((await world.api.inject({ url: '/r/0x12' })).statusCode).toBe(404)
  expect((await world.api.inject({ url: `/r/0x${'9'.repeat(64)}` })).statusCode).toBe(404)
})

test('a dispute answers what the wallet signs or sends, keeps the reason, and is the driver’s alone', async () => {
  const whole = await signedCharge({ driver: driver.account, startAt, energyWh: 10_000 })
  const { view } = keeper.put({ ...whole, view: { ...whole.view, state: 'settling' } })
  const dispute = (who: Driver, undisputedMicro: string) =>
    world.api.inject({
      method: 'POST',
      url: `/v1/sessions/${view.id}/dispute`,
      headers: { ...who.headers },
      payload: { undisputedMicro, reason: 'The cable failed after ten minutes' },
    })
  const call = (await dispute(driver, '1000000')).json()
  const { functionName, args } = decodeFunctionData({ abi: chargeEscrowAbi, data: call.data })
  expect(call.to).toBe(network.escrow)
  expect([functionName, args![1], args![2]]).toEqual(['dispute', 1_000_000n, call.deadline])
  const typed = disputeTypedData(
    { sessionId: view.id, undisputedAmount: 1_000_000n, deadline: call.deadline },
    escrowDomain(network.chainId, network.escrow),
  )
  expect(hashTypedData(call.typedData)).toBe(hashTypedData(typed as never))
  expect(await world.store.get('api_disputes', view.id)).toMatchObject({ reason: 'The cable failed after ten minutes' })
  expect((await dispute(driver, '3900000')).statusCode).toBe(400)
  expect((await dispute(other, '1')).statusCode).toBe(404)
  keeper.put(whole)
  expect((await dispute(driver, '1')).json()).toMatchObject({ code: 'session-state' })
})
