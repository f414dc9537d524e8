import {
  chargeEscrowAbi,
  escrowDomain,
  merkleProof,
  merkleRoot,
  meterLeaf,
  openAuthorization,
  permitTypedData,
  recordDigest,
  recordTypedData,
  requestCancelTypedData,
  sign,
  termsStruct,
  testEuroAbi,
  topUpTypedData,
  walletOfAccount,
} from '@werenode/chain'
import { ask, type ChainIntent, type Hex, receiptToWire, termsToWire } from '@werenode/core'
import { encodeFunctionData } from 'viem'
import { generatePrivateKey } from 'viem/accounts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { accountsOf } from '../src/signing/accounts.ts'
import {
  type Anvil,
  type Charge,
  giveCredit,
  newCharge,
  openIntent,
  receiptOf,
  settleIntent,
  startPreparedAnvil,
  startWorld,
  type World,
} from '../src/testing/world.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 })

let anvil: Anvil
let world: World
/** Seconds that the chain and the relayer's clock are ahead of the wall. */
let aheadS = 0

beforeEach(async () => {
  aheadS = 0
  const fresh = await startPreparedAnvil(15)
  anvil = fresh.anvil
  world = await startWorld({
    rpcUrls: [anvil.url],
    ...fresh,
    clock: () => new Date(Date.now() + aheadS * 1000),
    settings: { resendAfterMs: 500 },
  })
})
afterEach(async () => {
  await world.stop()
  await anvil.kill()
})

const later = async (seconds: number): Promise<void> => {
  aheadS += seconds
  await anvil.rpc('evm_increaseTime', seconds)
  await anvil.rpc('evm_mine')
}
const domain = () => escrowDomain(31_337, world.network.escrow)
const statusOf = async ({ id }: Charge) => (await ask(world.bus, 'relayer.session', { sessionId: id })).status
const creditOf = async (account: Hex) => BigInt((await ask(world.bus, 'relayer.credit', { account })).creditMicro)

const opened = async (fields: Parameters<typeof newCharge>[1] = {}): Promise<Charge> => {
  const charge = newCharge(world, fields)
  await giveCredit(world, charge)
  await world.submit(`${charge.id}:open`, await openIntent(world, charge))
  expect(await world.fate(`${charge.id}:open`)).toMatchObject({ status: 'confirmed' })
  return charge
}
const submitted = async (charge: Charge, intent: ChainIntent) => {
  const key = `${charge.id}:${intent.kind}`
  await world.submit(key, intent)
  return world.fate(key)
}
const terms = (charge: Charge) => termsToWire(charge.terms)

/** A receipt whose meterRoot covers two records signed by the gateway's meter key, with the evidence for it. */
const evidencedReceipt = async (charge: Charge) => {
  const figures = receiptOf(charge)
  const start = { wh: figures.startWh, time: figures.startedAt, chargingSeconds: 0, counter: 1, kind: 'START' as const }
  const end = { wh: figures.endWh, time: figures.endedAt, chargingSeconds: 60, counter: 2, kind: 'END' as const }
  const records = [start, end].map((record) => ({ sessionId: charge.id, idleSeconds: 0, ...record }))
  const leaves = records.map((record) => meterLeaf(recordDigest(record, domain())))
  const wallet = walletOfAccount(accountsOf(world.keys).meter)
  const [first, last] = await Promise.all(
    records.map(async (record, index) => ({
      record: { ...record, wh: record.wh.toString() },
      signature: await sign(wallet, recordTypedData(record, domain())),
      proof: merkleProof(leaves, leaves[index]!),
    })),
  )
  const receipt = receiptOf(charge, { ...figures, meterRoot: merkleRoot(leaves) })
  return { receipt, evidence: { start: first!, end: last! } as Extract<ChainIntent, { kind: 'prove' }>['evidence'] }
}
const proposal = async (charge: Charge, receipt = receiptOf(charge)): Promise<ChainIntent> => {
  const settle = await settleIntent(world, charge, receipt)
  if (settle.kind !== 'settle') throw new Error('not a settlement')
  return { kind: 'propose', terms: settle.terms, receipt: settle.receipt, operatorSignature: settle.operatorSignature }
}

test('a failed start: the whole deposit is back at once', async () => {
  const charge = await opened()
  expect(await submitted(charge, { kind: 'cancel', terms: terms(charge) })).toMatchObject({ status: 'confirmed' })
  expect(await statusOf(charge)).toBe('Cancelled')
  expect(await creditOf(charge.driver.address)).toBe(50_000_000n)
})

test('no co-signature: the receipt is proposed, stands for its window, and is final after it', async () => {
  const charge = await opened({ disputeWindow: 3600 })
  const receipt = receiptOf(charge)
  expect(await submitted(charge, await proposal(charge, receipt))).toMatchObject({ status: 'confirmed' })
  expect(await statusOf(charge)).toBe('Proposed')
  // A little before the window ends it waits; far before, it says why not.
  await world.submit(`${charge.id}:early`, { kind: 'finalise', terms: terms(charge) })
  expect(await world.fate(`${charge.id}:early`)).toMatchObject({ status: 'failed', error: 'TooEarly' })
  await later(3598)
  await world.submit(`${charge.id}:finalise`, { kind: 'finalise', terms: terms(charge) })
  expect(await world.fate(`${charge.id}:finalise`)).toMatchObject({ status: 'confirmed' })
  expect(await statusOf(charge)).toBe('Settled')
  expect(await creditOf(charge.driver.address)).toBe(50_000_000n - receipt.amount)
})

test('a disputed receipt is proven by the two meter records', async () => {
  const charge = await opened({ disputeWindow: 3600 })
  const { receipt, evidence } = await evidencedReceipt(charge)
  expect(await submitted(charge, await proposal(charge, receipt))).toMatchObject({ status: 'confirmed' })
  await anvil.rpc('anvil_setBalance', charge.driver.address, '0xde0b6b3a7640000')
  await anvil.client.sendTransaction({
    account: charge.driver,
    to: world.network.escrow,
    data: encodeFunctionData({
      abi: chargeEscrowAbi,
      functionName: 'dispute',
      args: [termsStruct(charge.terms), 100_000n, 0, '0x'],
    }),
  })
  await expect.poll(() => statusOf(charge)).toBe('Disputed')
  const told = await submitted(charge, {
    kind: 'prove',
    terms: terms(charge),
    receipt: receiptToWire(receipt),
    evidence,
  })
  expect(told).toMatchObject({ status: 'confirmed' })
  expect(await statusOf(charge)).toBe('Settled')
  expect(await creditOf(charge.driver.address)).toBe(50_000_000n - receipt.amount - charge.terms.disputeBond)
})

test('a top-up raises the limit once, however often it is submitted', async () => {
  const charge = await opened()
  const newMax = 30_000_000n
  const deadline = Math.floor(Date.now() / 1000) + 600
  const typed = topUpTypedData({ sessionId: charge.id, newMax, deadline }, domain())
  const intent: ChainIntent = {
    kind: 'topUp',
    terms: terms(charge),
    newMaxMicro: newMax.toString(),
    deadline,
    driverSignature: await sign(walletOfAccount(charge.driver), typed),
  }
  await world.submit('first', intent)
  await world.submit('second', intent)
  expect(await world.fate('first')).toMatchObject({ status: 'confirmed' })
  // The session holds what was asked: done, without another transaction.
  expect(await world.fate('second')).toMatchObject({ status: 'confirmed' })
  expect((await world.fate('second')).txHash).toBeUndefined()
  expect(await ask(world.bus, 'relayer.session', { sessionId: charge.id })).toMatchObject({ heldMicro: '30000000' })
})

test('a start is acknowledged; unopened terms are voided and can never be opened', async () => {
  const charge = await opened()
  expect(await submitted(charge, { kind: 'acknowledgeStart', terms: terms(charge) })).toMatchObject({
    status: 'confirmed',
  })
  expect(await statusOf(charge)).toBe('Started')
  const unused = newCharge(world)
  expect(await submitted(unused, { kind: 'void', terms: terms(unused) })).toMatchObject({ status: 'confirmed' })
  expect(await submitted(unused, await openIntent(world, unused))).toMatchObject({
    status: 'failed',
    error: 'WrongStatus',
  })
})

test('nobody answers a cancellation: anyone ends it after two hours; nobody settles: anyone gives all back', async () => {
  const now = Math.floor(Date.now() / 1000)
  const charge = await opened({ openBy: now + 300, startBy: now + 300 })
  const lazy = await opened({ startBy: now + 700, settleBy: now + 87_200 })
  await later(400)
  const deadline = now + 7200
  const typed = requestCancelTypedData({ sessionId: charge.id, deadline }, domain())
  const args = [termsStruct(charge.terms), deadline, await sign(walletOfAccount(charge.session), typed)] as const
  await anvil.client.sendTransaction({
    to: world.network.escrow,
    data: encodeFunctionData({ abi: chargeEscrowAbi, functionName: 'requestCancel', args }),
  })
  await expect.poll(() => statusOf(charge)).toBe('CancelRequested')
  await later(7300)
  expect(await submitted(charge, { kind: 'finaliseCancel', terms: terms(charge) })).toMatchObject({
    status: 'confirmed',
  })
  await later(80_000)
  expect(await submitted(lazy, { kind: 'reclaim', terms: terms(lazy) })).toMatchObject({ status: 'confirmed' })
  expect(await statusOf(lazy)).toBe('Reclaimed')
})

test('a deposit comes from the wallet by one ERC-3009 signature, or by a permit', async () => {
  const { token } = world.network
  const tokenDomain = { name: 'Test Euro', version: '1', chainId: 31_337, verifyingContract: token }
  const byAuthorization = newCharge(world, { source: 'Authorization' })
  const byPermit = newCharge(world, { source: 'Allowance' })
  for (const charge of [byAuthorization, byPermit]) {
    const hash = await anvil.client.sendTransaction({
      to: token,
      data: encodeFunctionData({ abi: testEuroAbi, functionName: 'mint', args: [charge.driver.address, 40_000_000n] }),
    })
    await anvil.client.waitForTransactionReceipt({ hash })
  }
  const one = await openIntent(world, byAuthorization)
  const two = await openIntent(world, byPermit)
  if (one.kind !== 'open' || two.kind !== 'open') throw new Error('not openings')
  const authorization = openAuthorization(byAuthorization.terms, domain(), tokenDomain)
  await world.submit('one', {
    ...one,
    driverSignature: await sign(walletOfAccount(byAuthorization.driver), authorization),
  })
  const deadline = Math.floor(Date.now() / 1000) + 600
  const permit = permitTypedData(
    {
      owner: byPermit.driver.address,
      spender: world.network.escrow,
      value: 25_000_000n,
      nonce: 0n,
      deadline: BigInt(deadline),
    },
    tokenDomain,
  )
  await world.submit('two', {
    ...two,
    permit: { deadline, signature: await sign(walletOfAccount(byPermit.driver), permit) },
  })
  expect(await world.fate('one')).toMatchObject({ status: 'confirmed' })
  expect(await world.fate('two')).toMatchObject({ status: 'confirmed' })
  // What was not used is back in the wallet.
  const receipt = receiptOf(byAuthorization)
  await world.submit('settle', await settleIntent(world, byAuthorization, receipt))
  expect(await world.fate('settle')).toMatchObject({ status: 'confirmed' })
  const { walletMicro } = await ask(world.bus, 'relayer.credit', { account: byAuthorization.driver.address })
  expect(BigInt(walletMicro)).toBe(40_000_000n - receipt.amount)
})

test('an opening without credit, with a foreign signature, or too late says which, in a sentence', async () => {
  const poor = newCharge(world)
  expect(await submitted(poor, await openIntent(world, poor))).toMatchObject({
    status: 'failed',
    error: 'InsufficientCredit',
    message: expect.stringContaining('.'),
  })
  const forged = newCharge(world)
  await giveCredit(world, forged)
  const intent = await openIntent(world, { ...forged, driver: forged.session })
  expect(await submitted(forged, intent)).toMatchObject({ status: 'failed', error: 'BadSignature' })
  const late = newCharge(world, { openBy: Math.floor(Date.now() / 1000) - 10 })
  expect(await submitted(late, await openIntent(world, late))).toMatchObject({
    status: 'failed',
    error: 'QuoteExpired',
  })
})

test('what cannot be said on chain is refused or fails in words, and stops nobody else', async () => {
  const charge = newCharge(world)
  const open = await openIntent(world, charge)
  if (open.kind !== 'open') throw new Error('not an opening')
  await expect(world.submit('range', { ...open, terms: { ...open.terms, maxPowerW: -5 } })).rejects.toMatchObject({
    code: 'invalid-input',
  })
  const settle = await settleIntent(world, charge)
  await world.submit('torn', { ...settle, driverSignature: '0x12' } as ChainIntent)
  const fine = newCharge(world)
  await giveCredit(world, fine)
  await world.submit('fine', await openIntent(world, fine))
  expect(await world.fate('fine')).toMatchObject({ status: 'confirmed' })
  expect(await world.fate('torn')).toMatchObject({ status: 'failed', message: expect.stringContaining('.') })
})

test('settlements share a batch; a bad item is left out with its reason and spoils nothing', async () => {
  const charges = []
  for (let index = 0; index < 6; index += 1) charges.push(newCharge(world))
  await Promise.all(charges.map((charge) => giveCredit(world, charge)))
  await Promise.all(charges.map(async (charge) => world.submit(`${charge.id}:open`, await openIntent(world, charge))))
  for (const charge of charges) await world.fate(`${charge.id}:open`)
  const [forged, over, ...fine] = charges as [Charge, Charge, ...Charge[]]
  const intents = await Promise.all(fine.map((charge) => settleIntent(world, charge)))
  // Co-signed by somebody else; and an amount above the signed prices.
  const bad = await settleIntent(world, { ...forged, session: forged.driver })
  const dear = await settleIntent(world, over, receiptOf(over, { amount: 24_000_000n }))
  await Promise.all([
    world.submit('forged', bad),
    world.submit('over', dear),
    ...fine.map((charge, index) => world.submit(`${charge.id}:settle`, intents[index]!)),
  ])
  const fates = await Promise.all(fine.map((charge) => world.fate(`${charge.id}:settle`)))
  expect(new Set(fates.map((fate) => fate.txHash)).size).toBe(1)
  expect(fates.every((fate) => fate.status === 'confirmed')).toBe(true)
  expect(await world.fate('forged')).toMatchObject({ status: 'failed', error: 'BadSignature' })
  expect(await world.fate('over')).toMatchObject({ status: 'failed', error: 'AmountAboveTariff' })
  expect(await statusOf(forged)).toBe('Open')
})

test('an item that is overtaken while its batch waits to be mined is confirmed by what the chain says', async () => {
  const charges = [newCharge(world), newCharge(world)]
  await Promise.all(charges.map((charge) => giveCredit(world, charge)))
  for (const charge of charges) await world.submit(`${charge.id}:open`, await openIntent(world, charge))
  for (const charge of charges) await world.fate(`${charge.id}:open`)
  const [overtaken] = charges as [Charge]
  const intents = await Promise.all(charges.map((charge) => settleIntent(world, charge)))
  await anvil.stopMining()
  await Promise.all(charges.map((charge, index) => world.submit(`${charge.id}:settle`, intents[index]!)))
  await expect
    .poll(
      () =>
        world.events('chain.intent').filter((event) => event.key.endsWith(':settle') && event.status === 'sent').length,
    )
    .toBe(2)
  // The driver is faster: he is the sender, so his own signature is not needed.
  const settle = intents[0]!
  if (settle.kind !== 'settle') throw new Error('not a settlement')
  await anvil.rpc('anvil_setBalance', overtaken.driver.address, '0xde0b6b3a7640000')
  const data = encodeFunctionData({
    abi: chargeEscrowAbi,
    functionName: 'settle',
    args: [
      {
        terms: termsStruct(overtaken.terms),
        receipt: { ...receiptOf(overtaken), ...bigReceipt(settle.receipt) },
        operatorSigner: accountsOf(world.keys).signer.address,
        operatorSignature: settle.operatorSignature,
        sessionSignature: settle.driverSignature,
      },
    ],
  })
  const first = await anvil.client.sendTransaction({
    account: overtaken.driver,
    to: world.network.escrow,
    data,
    gas: 500_000n,
  })
  await anvil.rpc(
    'anvil_dropTransaction',
    (await world.bus.replay({ afterSeq: 0, types: ['chain.intent'], limit: 1000 }))
      .map((event) => event.data as { txHash?: Hex; key: string })
      .findLast((data) => data.key === `${overtaken.id}:settle`)!.txHash!,
  )
  await anvil.rpc('evm_mine')
  expect((await anvil.client.getTransactionReceipt({ hash: first })).status).toBe('success')
  anvil.startMining()
  for (const charge of charges) expect(await world.fate(`${charge.id}:settle`)).toMatchObject({ status: 'confirmed' })
})

const bigReceipt = (wire: Extract<ChainIntent, { kind: 'settle' }>['receipt']) => ({
  ...wire,
  startWh: BigInt(wire.startWh),
  endWh: BigInt(wire.endWh),
  amount: BigInt(wire.amount),
})

test('the same key again changes nothing', async () => {
  const charge = newCharge(world, { salt: generatePrivateKey() })
  await giveCredit(world, charge)
  const intent = await openIntent(world, charge)
  expect(await ask(world.bus, 'relayer.submit', { key: 'again', intent })).toEqual({ key: 'again', known: false })
  expect(await ask(world.bus, 'relayer.submit', { key: 'again', intent })).toEqual({ key: 'again', known: true })
  await world.fate('again', 'confirmed')
  expect(await ask(world.bus, 'relayer.submit', { key: 'again', intent })).toEqual({ key: 'again', known: true })
  expect(
    world.events('chain.intent').filter((event) => event.key === 'again' && event.status === 'confirmed'),
  ).toHaveLength(1)
})
