import { join } from 'node:path'
import {
  connectorBits,
  evseIdHash,
  evseRegistryAbi,
  meterKeyHash,
  meterKeyOfAddress,
  operatorIdOf,
  standardBytes,
  testEuroAbi,
} from '@werenode/chain'
import type { BrowserContext, Page } from 'playwright-core'
import { encodeFunctionData, zeroHash } from 'viem'
import type { BareWorld } from '../../../apps/cli/proof/bare-world.ts'
import { equals, type Figures, told } from '../figures.ts'
import { operatorParty } from './operator.ts'
import type { RpcProxy } from './rpc-proxy.ts'
import { type Eye, reader, shots } from './screen.ts'
import { createTestWallet, type Mood, type TestWallet } from './wallet.ts'

const plugs = Array.from({ length: 20 }, (_, index) => `${operatorParty}*E10000${String(index).padStart(2, '0')}`)

/** Twenty more plugs for the tests, each used once: listed and priced by the operator's own key. */
const listPlugs = async (world: BareWorld, operator: TestWallet): Promise<void> => {
  const { evseRegistry, operatorRegistry, chainId, tokens } = world.addresses
  const operatorId = operatorIdOf(chainId, operatorRegistry, operator.account, operatorParty)
  const meterKey = meterKeyOfAddress(operator.account)
  const { timestamp } = await world.client.getBlock()
  const offer = {
    ...{ token: tokens[0]!.address, payee: operator.account, startFee: 0n, pricePerKWh: 390_000n, pricePerMinute: 0n },
    ...{ idlePerMinute: 0n, tariffHash: zeroHash, meterKeyHash: meterKeyHash(meterKey), maxPowerW: 24_200 },
    ...{ disputeWindow: 86_400, disputeBond: 250_000n, minAmount: 5_000_000n, maxAmount: 200_000_000n },
    ...{ startDelay: 1_800, settlePeriod: 345_600, connectors: connectorBits([1]) },
  }
  const registrations = plugs.map((evseId, index) => ({
    listing: {
      ...{ evseId, name: `Rue ${index + 1}`, latitudeE7: 480_000_000 + index * 1_000_000, longitudeE7: 20_000_000 },
      connectors: [{ connector: 1, standard: standardBytes('IEC_62196_T2'), maxPowerW: 22_000 }],
    },
    ...{ meterKey, keyClass: 1, active: true },
  }))
  const offers = plugs.map((evseId) => ({
    ...{ evseIdHash: evseIdHash(evseId), offer, validUntil: Number(timestamp) + 20 * 86_400 },
  }))
  for (const data of [
    encodeFunctionData({ abi: evseRegistryAbi, functionName: 'registerBatch', args: [operatorId, registrations] }),
    encodeFunctionData({ abi: evseRegistryAbi, functionName: 'setOffers', args: [operatorId, offers] }),
  ]) {
    const hash = await operator.write({ to: evseRegistry, data })
    const { status } = await world.client.waitForTransactionReceipt({ hash })
    if (status !== 'success') throw new Error('The plugs of the tests could not be listed')
  }
}

/** Each way in which wallet, node or chain fails, with the sentence that is said and the way on that works. */
export const failureStories = async (deps: {
  readonly world: BareWorld
  readonly appUrl: string
  readonly operator: TestWallet
  readonly nodes: readonly [RpcProxy, RpcProxy]
  readonly newContext: () => Promise<BrowserContext>
  readonly eye: Eye
  readonly report: (text: string) => void
}): Promise<Figures> => {
  const { world, appUrl, nodes, eye, report } = deps
  const [first, second] = nodes
  await listPlugs(world, deps.operator)
  const wallet = await createTestWallet(world)
  const context = await deps.newContext()
  await wallet.install(context)
  const page = await context.newPage()
  const { says, warns, status, connect } = reader(page)
  const token = world.addresses.tokens[0]!.address
  for (const to of [wallet.account, wallet.other]) {
    const data = encodeFunctionData({ abi: testEuroAbi, functionName: 'mint', args: [to, 400_000_000n] })
    await world.client.waitForTransactionReceipt({ hash: await wallet.write({ to: token, data }) })
  }
  await page.goto(`${appUrl}#/account`)
  await connect()

  const unused = [...plugs]
  const opensAt = async (on: Page = page, evseId = unused.shift()!): Promise<string> => {
    await on.goto(`${appUrl}#/`)
    await on.locator(`[data-evse="${evseId}"]`).click({ timeout: 60_000 })
    await on.locator('[data-after]').waitFor({ timeout: 60_000 })
    return evseId
  }
  const press = (on: Page = page) => on.getByRole('button', { name: 'Sign and open' }).click()
  const openCount = async (): Promise<number> => (await wallet.opened()).length
  const done: string[] = []
  const pictureOf = (failure: number): string => `failure-${String(failure).padStart(2, '0')}.png`
  /** Each is shown as it stands at its end: the sentence, or what the way on led to. */
  const story = async (name: string, tell: () => Promise<void>, on: () => Page = () => page): Promise<void> => {
    await tell()
    wallet.be('agrees')
    done.push(name)
    await on().screenshot({ path: join(shots, pictureOf(done.length)), fullPage: true })
    report(`${String(done.length).padStart(2)} ${name}`)
  }
  /** The sentence comes, nothing was opened, and the same press goes through once the cause is gone. */
  const fails = (name: string, mood: Mood, sentence: RegExp, withinMs?: number): Promise<void> =>
    story(name, async () => {
      await opensAt()
      const before = await openCount()
      wallet.be(mood)
      await press()
      await warns(sentence, withinMs)
      if ((await openCount()) !== before) throw new Error(`${name}: a session was opened all the same`)
    })
  const goesOn = (name: string): Promise<void> =>
    story(name, async () => {
      await press()
      await status('Open')
    })

  // ---- Wallet
  await fails('the signature is declined', 'declines', /You declined in your wallet\. Nothing was sent/)
  await goesOn('and agreed to at the second press')
  await fails('signed, but not sent', 'signs and declines to send', /You declined in your wallet\. Nothing was sent/)
  await fails(
    'the wallet stays on another chain',
    'is on another chain',
    /Your wallet is on another chain\. Switch it to/,
  )
  await story('the wallet is on another chain, adds this one and switches', async () => {
    wallet.be('is on another chain and switches')
    await press()
    await status('Open')
  })
  await fails('another account than the one shown', 'uses another account', /another account than the one shown/)
  await fails(
    'the account is switched between signature and sending',
    'switches after signing',
    /another account than the one shown/,
  )
  await story('the account is switched in the wallet: the page shows the other one and its money', async () => {
    await wallet.pick(page, 'other')
    await page.getByRole('button', { name: `Connected as ${wallet.other.slice(0, 6)}` }).waitFor({ timeout: 60_000 })
    await wallet.pick(page, 'first')
    await page.getByRole('button', { name: `Connected as ${wallet.account.slice(0, 6)}` }).waitFor({ timeout: 60_000 })
  })

  // ---- Money
  await story('too little of the token: said before anything is signed', async () => {
    await opensAt()
    await page.locator('input[name=amount]').fill('200')
    await page.locator('select[name=way]').selectOption('Credit')
    await says(/You have €0\.00; this needs €200\.00/)
    if (await page.getByRole('button', { name: 'Sign and open' }).isEnabled()) throw new Error('The button was open')
  })
  await story('no coin for the fee: said with how much it takes', async () => {
    const balance = await world.client.getBalance({ address: wallet.account })
    await world.rpc('anvil_setBalance', [wallet.account, '0x1'])
    await opensAt()
    await press()
    await warns(/a transaction needs about 0\.\d+ ETH for its fee\. Nothing was signed or sent/)
    await world.rpc('anvil_setBalance', [wallet.account, `0x${balance.toString(16)}`])
    await press()
    await status('Open')
  })

  // ---- Transactions that do not arrive as they were sent
  await fails('cancelled in the wallet: another transaction took its place', 'replaces', /You replaced or cancelled/)
  await story('sped up in the wallet: followed under its other hash', async () => {
    wallet.be('speeds up')
    await press()
    await status('Open')
  })
  await fails('dropped: no node knows it', 'drops', /No node knows your transaction/, 60_000)

  // ---- Nodes
  await story('the first node is away: the second answers, nobody notices', async () => {
    await opensAt()
    await first.be('away')
    await press()
    await status('Open')
  })
  await story('the first node is silent: the second answers', async () => {
    await first.be('silent')
    await opensAt()
    await press()
    await status('Open')
    await first.be('well')
  })
  await story('no node answers: said at the top and at the button; goes on by itself', async () => {
    await opensAt()
    const before = await openCount()
    await first.be('away')
    await second.be('away')
    await press()
    await warns(/No node of the chain can be reached/)
    await says(/No node of the chain answers\. What was read before is shown/)
    await eye.look(page, 'no-node')
    if ((await openCount()) !== before) throw new Error('A session was opened without a node')
    await first.be('well')
    await second.be('well')
    await page.getByText('No node of the chain answers').waitFor({ state: 'detached', timeout: 60_000 })
    await press()
    await status('Open')
  })
  await story('the first node lags: it is left aside, and named', async () => {
    await first.be('lags')
    await world.rpc('anvil_mine', ['0x8'])
    await opensAt()
    await press()
    await status('Open')
    await page.goto(`${appUrl}#/contracts`)
    await page.locator('[data-node="behind"]').waitFor({ timeout: 60_000 })
    await says('A list in the name of Somebody is not believed')
    await eye.look(page, 'a-node-lags')
    await first.be('well')
  })

  // ---- The page itself
  let again = page
  const closed = async (): Promise<void> => {
    await opensAt()
    await world.rpc('evm_setAutomine', [false])
    const before = await openCount()
    await press()
    await says('Sent. Waiting for the chain…')
    await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith('defev.sent.')))
    await page.close()
    again = await context.newPage()
    await again.goto(`${appUrl}#/sessions`)
    await again.getByText('Not on chain yet').first().click({ timeout: 60_000 })
    await again.getByText(/Waiting for the transaction .* to be mined/).waitFor({ timeout: 60_000 })
    await world.rpc('evm_setAutomine', [true])
    await world.rpc('anvil_mine', ['0x1'])
    await reader(again).status('Open')
    if ((await openCount()) !== before + 1) throw new Error('It was not opened exactly once')
  }
  const reopened = 'closed while the transaction waits: found again, and by itself when it is mined'
  await story(reopened, closed, () => again)
  await again.close()
  const [left, right] = [await context.newPage(), await context.newPage()]
  const inTwoTabs = async (): Promise<void> => {
    const evseId = await opensAt(left)
    await opensAt(right, evseId)
    await left.bringToFront()
    await press(left)
    await reader(left).status('Open')
    await right.bringToFront()
    await right.locator('.mark--busy').waitFor({ timeout: 60_000 })
    await press(right)
    await reader(right).warns(/already|another|running|open/i)
    await right.goto(`${appUrl}#/`)
    await right.locator(`[data-evse="${evseId}"] .mark--busy`).waitFor({ timeout: 60_000 })
    await eye.look(right, 'two-tabs')
  }
  const refused = 'two tabs: what one opens, the other shows at once and refuses to open again'
  await story(refused, inTwoTabs, () => right)
  await right.close()
  const undone = async (): Promise<void> => {
    const evseId = await opensAt(left)
    const snapshot = await world.rpc('evm_snapshot')
    await press(left)
    await reader(left).status('Open')
    await left.locator('[data-step="SessionOpened"]').waitFor({ timeout: 60_000 })
    await world.rpc('evm_revert', [snapshot])
    await world.rpc('anvil_mine', ['0x3'])
    await left.getByText(/No session of this id is on chain|Waiting for the transaction/).waitFor({ timeout: 60_000 })
    await eye.look(left, 'undone')
    await left.goto(`${appUrl}#/`)
    await left.locator(`[data-evse="${evseId}"] .mark--free`).waitFor({ timeout: 60_000 })
  }
  await story('a reorganisation undoes the opening: the page and the list say so', undone, () => left)

  const opened = await openCount()
  const held = await world.client.readContract({
    ...{ address: token, abi: testEuroAbi, functionName: 'balanceOf', args: [wallet.account] },
  } as const)
  await context.close()
  return {
    'failures of wallet, node, chain and page, each with sentence and way on': equals(done.length, 20),
    ...Object.fromEntries(
      done.map((name, index) => [`failure ${index + 1}: ${name}`, told(`as promised, ${pictureOf(index + 1)}`)]),
    ),
    'what left the wallet is what the opened sessions hold, micro-euro': equals(
      Number(400_000_000n - held),
      opened * 20_000_000,
    ),
  }
}
