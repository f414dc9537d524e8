import { chargeEscrowAbi, escrowDomain, sign, testEuroAbi, walletOfAccount, withdrawTypedData } from '@werenode/chain'
import { type Address, ask, type Hex, type Withdrawal, type WithdrawalOrder } from '@werenode/core'
import { decodeFunctionResult, encodeFunctionData } from 'viem'
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { withdrawOf } from '../src/contracts/intent-call.ts'
import { type Anvil, startPreparedAnvil, startWorld, until, type World } from '../src/testing/world.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 })

let anvil: Anvil
let world: World
beforeAll(async () => {
  const fresh = await startPreparedAnvil(20)
  anvil = fresh.anvil
  world = await startWorld({ rpcUrls: [anvil.url], ...fresh })
})
afterAll(async () => {
  await world?.stop()
  await anvil?.kill()
})

const nowS = () => Math.floor(Date.now() / 1000)
const fresh = (): Address => privateKeyToAccount(generatePrivateKey()).address.toLowerCase() as Address
const moneyOf = (account: Address) => ask(world.bus, 'relayer.credit', { account })
const tokensOf = async (account: Address): Promise<bigint> => {
  const data = encodeFunctionData({ abi: testEuroAbi, functionName: 'balanceOf', args: [account] })
  const result = (await anvil.rpc('eth_call', { to: world.network.token, data }, 'latest')) as Hex
  return decodeFunctionResult({ abi: testEuroAbi, functionName: 'balanceOf', data: result })
}

/** A driver with 50 EUR of credit. */
const someDriver = async (): Promise<PrivateKeyAccount> => {
  const driver = privateKeyToAccount(generatePrivateKey())
  const { key } = await ask(world.bus, 'relayer.faucet', { account: driver.address, amountMicro: '50000000' })
  await world.fate(key, 'confirmed')
  return driver
}
const orderOf = (driver: PrivateKeyAccount, fields: Partial<WithdrawalOrder> = {}): WithdrawalOrder => ({
  account: driver.address,
  to: fresh(),
  amountMicro: '12500000',
  nonce: '0',
  deadline: nowS() + 900,
  ...fields,
})
const signed = async (
  signer: PrivateKeyAccount,
  order: WithdrawalOrder,
  { chainId = 31_337, escrow = world.network.escrow } = {},
): Promise<{ order: WithdrawalOrder; signature: Hex }> => ({
  order,
  signature: await sign(
    walletOfAccount(signer),
    withdrawTypedData(withdrawOf(world.network, order), escrowDomain(chainId, escrow)),
  ),
})
const withdrawn = (asked: { order: WithdrawalOrder; signature: Hex }) => ask(world.bus, 'relayer.withdraw', asked)
const over = ({ id, account }: Withdrawal): Promise<Withdrawal> =>
  until('a withdrawal to be over', async () => {
    const now = await ask(world.bus, 'relayer.withdrawal', { id, account })
    return now.state === 'under-way' ? undefined : now
  })

test('credit arrives in the wallet it was signed for, to the micro-euro, once however often it is asked', async () => {
  const driver = await someDriver()
  expect(await moneyOf(driver.address)).toMatchObject({ creditMicro: '50000000', withdrawNonce: '0' })
  const asked = await signed(driver, orderOf(driver))
  const [first, again] = await Promise.all([withdrawn(asked), withdrawn(asked)])
  expect(again.id).toBe(first.id)
  expect(await over(first)).toMatchObject({ state: 'paid', amountMicro: '12500000', txHash: /^0x/ })
  expect(await tokensOf(asked.order.to)).toBe(12_500_000n)
  expect(await moneyOf(driver.address)).toMatchObject({ creditMicro: '37500000', withdrawNonce: '1' })
  // And the same again, when it is long done.
  expect(await withdrawn(asked)).toMatchObject({ id: first.id, state: 'paid' })
  expect(await tokensOf(asked.order.to)).toBe(12_500_000n)
  // The rest, by the next number.
  const rest = await signed(driver, orderOf(driver, { nonce: '1', amountMicro: '37500000', to: asked.order.to }))
  expect(await over(await withdrawn(rest))).toMatchObject({ state: 'paid' })
  expect(await tokensOf(asked.order.to)).toBe(50_000_000n)
  const left = world.events('chain.log').filter(({ name }) => name === 'CreditWithdrawn')
  expect(left.filter(({ args }) => (args as { to: string }).to.toLowerCase() === asked.order.to)).toHaveLength(2)
})

test('what is not signed so by its account is refused before it costs gas', async () => {
  const [driver, thief] = [await someDriver(), privateKeyToAccount(generatePrivateKey())]
  const order = orderOf(driver)
  const good = await signed(driver, order)
  const refused = (asked: { order: WithdrawalOrder; signature: Hex }) =>
    withdrawn(asked).then(
      () => 'taken',
      (error: { code: string }) => error.code,
    )
  const queuedBefore = await world.store.count('relayer_intents', { kind: 'withdraw' })
  for (const [code, asked] of [
    ['signature-invalid', await signed(thief, order)],
    ['signature-invalid', { ...good, order: { ...order, to: thief.address } }],
    ['signature-invalid', { ...good, order: { ...order, amountMicro: '50000000' } }],
    ['signature-invalid', { ...good, order: { ...order, account: thief.address } }],
    ['signature-invalid', { ...good, order: { ...order, deadline: order.deadline + 1 } }],
    ['signature-invalid', await signed(driver, order, { chainId: 1 })],
    ['signature-invalid', await signed(driver, order, { escrow: world.network.token })],
    ['signature-invalid', { ...good, signature: `0x${'00'.repeat(65)}` as Hex }],
    ['conflict', await signed(driver, orderOf(driver, { nonce: '1' }))],
    ['credit-insufficient', await signed(driver, orderOf(driver, { amountMicro: '50000001' }))],
    ['invalid-input', await signed(driver, orderOf(driver, { amountMicro: '9999' }))],
    ['invalid-input', { ...good, order: { ...order, amountMicro: '-1' } }],
    ['invalid-input', { ...good, order: { ...order, nonce: '0x0' } }],
    ['invalid-input', await signed(driver, orderOf(driver, { deadline: nowS() - 1 }))],
    ['invalid-input', await signed(driver, orderOf(driver, { deadline: nowS() + 7200 }))],
    ['invalid-input', await signed(driver, orderOf(driver, { to: `0x${'0'.repeat(40)}` }))],
    ['invalid-input', await signed(driver, orderOf(driver, { to: world.network.escrow }))],
    ['invalid-input', await signed(driver, orderOf(driver, { to: world.network.token }))],
  ] as const)
    expect([code, await refused(asked)]).toEqual([code, code])
  expect(await world.store.count('relayer_intents', { kind: 'withdraw' })).toBe(queuedBefore)
  expect(await moneyOf(driver.address)).toMatchObject({ creditMicro: '50000000', withdrawNonce: '0' })
})

test('of two orders with one number one is paid, and the other says why not', async () => {
  const driver = await someDriver()
  const both = await Promise.all([signed(driver, orderOf(driver)), signed(driver, orderOf(driver))])
  const taken = await Promise.all(both.map((asked) => withdrawn(asked).then(over, ({ code }) => code)))
  const paid = taken.filter((one) => typeof one === 'object' && one.state === 'paid')
  expect(paid).toHaveLength(1)
  for (const other of taken)
    if (other !== paid[0])
      expect(typeof other === 'object' ? [other.state, other.why] : other).toEqual(
        typeof other === 'object' ? ['refused', expect.stringMatching(/withdrawal/)] : 'conflict',
      )
  expect(await moneyOf(driver.address)).toMatchObject({ creditMicro: '37500000', withdrawNonce: '1' })
})

test('what the driver spent meanwhile is not paid out, and another’s withdrawal is nobody’s business', async () => {
  const driver = await someDriver()
  const asked = await signed(driver, orderOf(driver, { amountMicro: '50000000' }))
  // The credit goes by the driver's own transaction, in front of the node's.
  await anvil.rpc('anvil_impersonateAccount', driver.address)
  await anvil.rpc('anvil_setBalance', driver.address, '0xde0b6b3a7640000')
  const data = encodeFunctionData({
    abi: chargeEscrowAbi,
    functionName: 'withdraw',
    args: [world.network.token, 20_000_000n, driver.address],
  })
  await anvil.rpc('eth_sendTransaction', { from: driver.address, to: world.network.escrow, data })
  const outcome = await withdrawn(asked).then(over, ({ code }) => code)
  if (typeof outcome === 'string') expect(outcome).toBe('credit-insufficient')
  else expect(outcome).toMatchObject({ state: 'refused', why: expect.stringMatching(/credit/i) })
  await expect.poll(async () => (await moneyOf(driver.address)).creditMicro, { timeout: 60_000 }).toBe('30000000')
  expect(await tokensOf(asked.order.to)).toBe(0n)
  const own = await withdrawn(await signed(driver, orderOf(driver)))
  for (const [id, account] of [
    [own.id, fresh()],
    [`0x${'9'.repeat(64)}` as Hex, driver.address],
    ['relayer' as Hex, driver.address],
  ] as const)
    await expect(ask(world.bus, 'relayer.withdrawal', { id, account })).rejects.toMatchObject({ code: 'not-found' })
  expect(await over(own)).toMatchObject({ state: 'paid' })
})
