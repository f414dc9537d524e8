import { deployLocal } from '@werenode/chain/deploy'
import { type Address, ask, type Hex, parseEvseId, type SessionId, type SessionView } from '@werenode/core'
import type { Simulator } from '@werenode/simulator'
import { createWalletClient, hashMessage, http } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createDirectDriver, type DirectDriver, type Told } from './direct-driver.ts'
import { type House, openHouse, until } from './house.ts'

let house: House
let driver: DirectDriver
let simulator: Simulator | undefined

const newDriver = async (): Promise<DirectDriver> => {
  const { trustedRpcUrl, rpcUrl, funder } = house.chain
  const account = privateKeyToAccount(funder.privateKey)
  // Everything stands already: this only reads the addresses back.
  const addresses = await deployLocal(createWalletClient({ account, transport: http(trustedRpcUrl) }))
  return createDirectDriver({ rpcUrl, addresses, funderKey: funder.privateKey, now: house.node.clock })
}

beforeAll(async () => {
  house = await openHouse({ manager: { startTimeoutS: 10, cosignTimeoutS: 60 } })
  driver = await newDriver()
}, 120_000)

afterEach(async () => {
  await simulator?.kill()
  simulator = undefined
})

afterAll(async () => {
  await house?.close()
}, 60_000)

const lyon = 'FR*WRN*E000003'
const strasbourg = 'FR*WRN*E000006'
const free = 'FR*WRN*E000008'

const session = (sessionId: SessionId): Promise<SessionView> => ask(house.bus, 'manager.session', { sessionId })

const told = async (id: SessionId, name: string, withinMs = 30_000): Promise<Told> => {
  let found: Told | undefined
  await until(
    async () => {
      found = (await driver.history(id)).find((event) => event.name === name)
      return found !== undefined
    },
    withinMs,
    `${name} of ${id} on chain`,
  )
  return found!
}

const offered = (evseId: string): Promise<void> =>
  until(async () => (await driver.offerOf(evseId)) !== undefined, 30_000, `the standing offer of ${evseId}`)

describe('an operator’s plugs on chain', () => {
  it('are listed with position, connectors, meter key and standing offer; a free one has no offer', async () => {
    await offered(lyon)
    await offered(strasbourg)
    expect(await driver.offerOf(free)).toBeUndefined()
    const { offer } = (await driver.offerOf(lyon))!
    const network = await ask(house.bus, 'relayer.network', {})
    expect(offer).toMatchObject({ meterKeyHash: network.meterKeyHash, maxPowerW: 24_201, connectors: 2n })
    expect(offer.payee.toLowerCase()).toBe(network.payee)
  }, 60_000)
})

describe('a charge opened from a standing offer by viem alone', () => {
  it('is powered, acknowledged, stopped from the chain, proposed, and settled by the driver’s own co-signature', async () => {
    await offered(lyon)
    simulator = await house.station('WRN-LYON-1')
    const before = await driver.balance()
    const order = await driver.termsFor(lyon, 20_000_000n)
    const id = await driver.open(order)
    await told(id, 'SessionStarted')
    expect(await driver.status(id)).toBe('Started')
    await until(async () => (await session(id)).energyWh >= 3, 30_000, 'energy')
    await driver.requestStop(order.terms)
    const proposal = await told(id, 'SessionProposed')
    const receipt = await driver.cosign(proposal)
    expect(await driver.status(id)).toBe('Settled')
    expect(receipt.endWh - receipt.startWh).toBeGreaterThanOrEqual(3n)
    expect(receipt.amount).toBeGreaterThan(0n)
    expect(await driver.balance()).toBe(before - receipt.amount)
    await until(async () => (await session(id)).state === 'settled', 20_000, 'the manager to know')
    expect((await driver.history(id)).map(({ name }) => name)).toEqual([
      'SessionOpened',
      'SessionStarted',
      'StopRequested',
      'SessionProposed',
      'SessionSettled',
    ])
  }, 120_000)

  it('gives the second of two deposits for one plug back at once', async () => {
    await offered(strasbourg)
    simulator = await house.station('WRN-STRASBOURG-1')
    const second = await newDriver()
    const mine = await driver.termsFor(strasbourg, 10_000_000n)
    const first = await driver.open(mine)
    await told(first, 'SessionStarted')
    const before = await second.balance()
    const late = await second.open(await second.termsFor(strasbourg, 10_000_000n))
    await until(async () => (await second.status(late)) === 'Cancelled', 30_000, 'the second deposit to go back')
    expect(await second.balance()).toBe(before)
    expect((await session(late)).message).toMatch(/first at this plug/)
    expect(await driver.status(first)).toBe('Started')
    await driver.requestStop(mine.terms)
    await told(first, 'SessionProposed')
  }, 120_000)

  it('gives the deposit back when the station is away', async () => {
    await offered(lyon)
    const id = await driver.open(await driver.termsFor(lyon, 10_000_000n))
    await until(async () => (await driver.status(id)) === 'Cancelled', 30_000, 'the deposit to go back')
    expect((await session(id)).message).toMatch(/not connected/)
  }, 60_000)
})

describe('the word of a wallet', () => {
  const account = privateKeyToAccount(generatePrivateKey())
  const stranger = privateKeyToAccount(generatePrivateKey())
  /** Answers every EIP-1271 question with yes, and with nothing. */
  const yes = '0x631626ba7e60e01b60005260206000f3'
  const no = '0x60206000f3'

  const contractWallet = (code: Hex): Promise<Address> => driver.deploy(code)

  it('is judged as the contracts judge it: by ECDSA, else by the code that stands there', async () => {
    const digest = hashMessage('a charge')
    const signature = await stranger.signMessage({ message: 'a charge' })
    const valid = async (account: Address) =>
      (await ask(house.bus, 'relayer.signedBy', { account, digest, signature })).valid
    expect(await valid(stranger.address)).toBe(true)
    expect(await valid(account.address)).toBe(false)
    expect(await valid(await contractWallet(yes))).toBe(true)
    expect(await valid(await contractWallet(no))).toBe(false)
  }, 30_000)

  it('lets a contract wallet’s 65 bytes in and keeps a forged signature out', async () => {
    simulator = await house.station('WRN-STRASBOURG-1', { evses: 2 })
    const evseId = parseEvseId('FR*WRN*E000007')
    const open = async (driver: Address) => {
      const offer = { evseId, connector: 1 }
      const free = ['AVAILABLE', 'BLOCKED']
      await until(
        async () => free.includes((await ask(house.bus, 'catalogue.offer', offer)).status),
        20_000,
        'a free plug',
      )
      const quote = await ask(house.bus, 'manager.quote', {
        ...offer,
        driver,
        sessionKey: stranger.address,
        source: 'Credit',
      })
      const driverSignature = await stranger.signMessage({ message: 'not these terms' })
      return ask(house.bus, 'manager.open', {
        terms: quote.terms,
        operatorSignature: quote.operatorSignature,
        driverSignature,
      })
    }
    await expect(open(account.address)).rejects.toMatchObject({ code: 'signature-invalid' })
    await expect(open(await contractWallet(no))).rejects.toMatchObject({ code: 'signature-invalid' })
    // Its word is believed; only its credit is missing.
    await expect(open(await contractWallet(yes))).rejects.toMatchObject({ code: 'credit-insufficient' })
  }, 60_000)
})
