import {
  accreditationTypedData,
  boundMicro,
  chargeEscrowAbi,
  domainOf,
  operatorIdOf,
  receiptTypedData,
  type TermsStruct,
  termsFromStruct,
  termsStruct,
  testEuroAbi,
} from '@werenode/chain'
import type { Hex } from '@werenode/core'
import type { BrowserContext, Page } from 'playwright-core'
import { encodeFunctionData, zeroHash } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import type { BareWorld } from '../../../apps/cli/proof/bare-world.ts'
import { equals, type Figures } from '../figures.ts'
import { type Eye, reader } from './screen.ts'
import { createTestWallet, type TestWallet } from './wallet.ts'

export const operatorParty = 'FR*ABC'
export const ownPlug = 'FR*ABC*E000001'

/** What an operator node would do, by hand: acknowledge power, propose a receipt. The person at the page is the operator's owner. */
export const createHand = (world: BareWorld, wallet: TestWallet) => {
  const { escrow } = world.addresses
  const mined = async (hash: Hex): Promise<void> => {
    const { status } = await world.client.waitForTransactionReceipt({ hash })
    if (status !== 'success') throw new Error(`The chain undid ${hash}`)
  }
  const termsOf = async (sessionId: Hex) => {
    const [log] = await world.client.getContractEvents({
      ...{ address: escrow, abi: chargeEscrowAbi, eventName: 'SessionOpened', fromBlock: 0n, args: { sessionId } },
    } as const)
    return termsFromStruct((log!.args as unknown as { terms: TermsStruct }).terms)
  }
  return {
    mined,
    acknowledge: async (sessionId: Hex): Promise<void> => {
      const args = [termsStruct(await termsOf(sessionId))] as const
      const data = encodeFunctionData({ abi: chargeEscrowAbi, functionName: 'acknowledgeStart', args })
      await mined(await wallet.write({ to: escrow, data }))
    },
    /** One minute at the plug, `energyWh` taken; the price is what the signed terms allow at most. */
    propose: async (sessionId: Hex, energyWh: bigint): Promise<bigint> => {
      const terms = await termsOf(sessionId)
      const { timestamp } = await world.client.getBlock()
      const endedAt = Number(timestamp)
      const times = { startedAt: endedAt - 60, endedAt, chargingSeconds: 60, idleSeconds: 0 }
      const amount = boundMicro(terms, { energyWh, chargingSeconds: 60, idleSeconds: 0 })
      const receipt = { sessionId, startWh: 1_000n, endWh: 1_000n + energyWh, ...times, amount, meterRoot: zeroHash }
      const signature = await wallet.sign(receiptTypedData(receipt, domainOf(world.addresses)) as never)
      const args = [termsStruct(terms), receipt, wallet.account, signature] as const
      await mined(
        await wallet.write({
          to: escrow,
          data: encodeFunctionData({ abi: chargeEscrowAbi, functionName: 'propose', args }),
        }),
      )
      return amount
    },
  }
}

/**
 * An operator without any server: registers, lists a plug, prices it, changes all of it, closes and opens it, lets a driver charge and
 * top up there, and takes the earnings out. Everything a person does is done in the page.
 */
export const operatorStory = async (deps: {
  readonly world: BareWorld
  /** Nodes that the copy of the app names. */
  readonly rpcUrls: readonly string[]
  readonly newContext: () => Promise<BrowserContext>
  readonly eye: Eye
  readonly report: (text: string) => void
}): Promise<{
  readonly figures: Figures
  readonly wallet: TestWallet
  readonly page: Page
  readonly appUrl: string
}> => {
  const { world, eye, report } = deps
  const wallet = await createTestWallet(world)
  const appUrl = await world.place(deps.rpcUrls, { accreditation: await accreditation(world, wallet.account) })
  const context = await deps.newContext()
  await wallet.install(context)
  const page = await context.newPage()
  const { says, warns, connect } = reader(page)
  await page.goto(`${appUrl}#/operator`)
  await connect()

  // ---- Register, list, price
  await page.locator('input[name=party]').fill(operatorParty)
  await page.getByRole('button', { name: 'Register operator' }).click()
  await says(`You own ${operatorParty}`)
  const fill = async (values: Readonly<Record<string, string>>): Promise<void> => {
    for (const [name, value] of Object.entries(values))
      await page.locator(`form:has(input[name=evseId]) [name=${name}]`).fill(value)
  }
  await fill({ evseId: ownPlug, name: 'Nice, port', lat: '43.6965', lon: '7.2846', power: '22', meterKey: '0x12' })
  await page.getByRole('button', { name: 'List this plug' }).click()
  await warns(/Something is missing or out of range: Meter key/)
  await fill({ meterKey: wallet.account })
  await page.getByRole('button', { name: 'List this plug' }).click()
  const own = page.locator(`[data-own="${ownPlug}"]`)
  await own.waitFor({ timeout: 60_000 })
  const price = async (euro: string): Promise<void> => {
    await own.locator('input[name=price]').fill(euro)
    await own.getByRole('button', { name: 'Publish price' }).click()
    await own.getByText(`€${euro} per kWh`).waitFor({ timeout: 60_000 })
  }
  await price('0.42')
  await price('0.45')

  // ---- Edit, close, open
  await own.getByText('Change name and position').click()
  await own.locator('input[name=name]').fill('Nice, old port')
  await own.locator('input[name=lat]').fill('143')
  await own.getByRole('button', { name: 'Change the listing' }).click()
  await warns(/out of range: Latitude/)
  await own.locator('input[name=lat]').fill('43.6970')
  await own.getByRole('button', { name: 'Change the listing' }).click()
  await own.locator('strong', { hasText: 'Nice, old port' }).waitFor({ timeout: 60_000 })
  await own.getByRole('button', { name: 'Close' }).click()
  await own.getByRole('button', { name: 'Open' }).waitFor({ timeout: 60_000 })
  await page.goto(`${appUrl}#/`)
  await page.locator(`[data-evse="${ownPlug}"] .mark--closed`).waitFor({ timeout: 60_000 })
  await page.goto(`${appUrl}#/operator`)
  await own.getByRole('button', { name: 'Open' }).click()
  await own.getByRole('button', { name: 'Close' }).waitFor({ timeout: 60_000 })
  await eye.look(page, 'operator-desk')
  report('operator: registered, listed, priced, edited, closed and opened')

  // ---- A driver charges there, tops up, agrees; the operator takes the earnings
  const hand = createHand(world, wallet)
  const driver = await createTestWallet(world)
  const theirs = await deps.newContext()
  await driver.install(theirs)
  const car = await theirs.newPage()
  const at = reader(car)
  await car.goto(`${appUrl}#/account`)
  await at.connect()
  await car.getByRole('button', { name: 'Get 100 test euro' }).click()
  await at.says('Done: €100.00.')
  await car.goto(`${appUrl}#/`)
  await car.locator(`[data-evse="${ownPlug}"]`).click()
  await at.says(/accredited by Charging Association/)
  await car.locator('[data-after]').waitFor({ timeout: 60_000 })
  await eye.look(car, 'accredited-plug')
  await car.getByRole('button', { name: 'Sign and open' }).click()
  await at.status('Open')
  const sessionId = decodeURIComponent(car.url().split('#/session/')[1]!) as Hex
  await hand.acknowledge(sessionId)
  await at.status('Started')
  await car.locator('input[name=more]').fill('10')
  await car.locator('[data-topped]').waitFor({ timeout: 60_000 })
  await eye.look(car, 'top-up')
  const signedBefore = driver.asked.filter((one) => one === 'eth_signTypedData_v4').length
  await car.getByRole('button', { name: 'Sign and hold more' }).click()
  await car.locator('[data-step="SessionToppedUp"]').waitFor({ timeout: 60_000 })
  await at.says('Held €30.00')
  const toppedBy = driver.asked.filter((one) => one === 'eth_signTypedData_v4').length - signedBefore
  const amount = await hand.propose(sessionId, 300n)
  await at.status('Proposed')
  await car.getByRole('button', { name: 'Agree and settle now' }).click()
  await at.status('Settled')
  report('driver: charged, topped up, settled')
  await page.goto(`${appUrl}#/operator`)
  const euro = `€${(Number(amount) / 1e6).toFixed(2)}`
  await says(`Earnings: ${euro}`)
  await page.getByRole('button', { name: 'Withdraw' }).click()
  await says('Earnings: €0.00')
  const balance = await world.client.readContract({
    ...{ address: world.addresses.tokens[0]!.address, abi: testEuroAbi, functionName: 'balanceOf' },
    args: [wallet.account],
  } as const)
  await theirs.close()
  return {
    page,
    wallet,
    appUrl,
    figures: {
      'operator page: register, list, price twice, edit, close, open': equals('done', 'done'),
      'a top-up during a charge: signatures': equals(toppedBy, 1),
      'a price of the page (no OCPI tariff, zero hash) opens and settles at its ceiling': equals(
        Number(amount),
        135_000,
      ),
      'earnings withdrawn, micro-euro': equals(Number(balance), 135_000),
    },
  }
}

/** A list that vouches for this operator, one whose issuer nobody named, and the one issuer this copy believes. */
const accreditation = async (world: BareWorld, founder: Hex) => {
  const { addresses } = world
  const nowS = Math.floor(Date.now() / 1000)
  const signed = async (issuerName: string) => {
    const issuer = privateKeyToAccount(generatePrivateKey())
    const list = {
      ...{ issuer: issuer.address, issuerName, issuedAt: nowS - 3_600, validUntil: nowS + 30 * 86_400 },
      operatorIds: [operatorIdOf(addresses.chainId, addresses.operatorRegistry, founder, operatorParty)],
    }
    return { ...list, signature: await issuer.signTypedData(accreditationTypedData(list, addresses) as never) }
  }
  const believed = await signed('Charging Association')
  return { issuers: [believed.issuer], lists: [await signed('Somebody'), believed] }
}
