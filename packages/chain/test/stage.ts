import type { Address, ChargeReceipt, ChargeTerms, Hex } from '@werenode/core'
import { keccak256, toHex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import {
  type ChainAddresses,
  chargeEscrowAbi,
  domainOf,
  evseIdHash,
  evseRegistryAbi,
  meterKeyHash,
  meterKeyOfAddress,
  operatorIdOf,
  operatorRegistryAbi,
  partyBytes,
  scopeMask,
  sessionIdOf,
  standardBytes,
  testEuroAbi,
} from '../src/index.ts'
import type { clientFor } from './anvil.ts'

type Client = ReturnType<typeof clientFor>

export const actor = (name: string) => privateKeyToAccount(keccak256(toHex(name)))
/** The first of the test accounts every local node funds. */
export const funded = privateKeyToAccount('0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80')

/** One operator with one plug on a local chain, and a driver with credit. The funded account owns the operator and sends. */
export const stage = async (client: Client, addresses: ChainAddresses) => {
  const [driver, sessionKey, quoter, receipter, meter] = ['driver', 'session key', 'quoter', 'receipter', 'meter'].map(
    actor,
  ) as [
    ReturnType<typeof actor>,
    ReturnType<typeof actor>,
    ReturnType<typeof actor>,
    ReturnType<typeof actor>,
    ReturnType<typeof actor>,
  ]
  const payee = actor('payout').address
  const token = addresses.tokens[0]!
  const operators = { address: addresses.operatorRegistry, abi: operatorRegistryAbi } as const
  const evses = { address: addresses.evseRegistry, abi: evseRegistryAbi } as const
  const euro = { address: token.address, abi: testEuroAbi } as const
  const escrow = { address: addresses.escrow, abi: chargeEscrowAbi } as const
  const mined = async (hash: Hex) => client.waitForTransactionReceipt({ hash })

  const operatorId = operatorIdOf(addresses.chainId, addresses.operatorRegistry, funded.address, 'FR*WRN')
  await mined(
    await client.writeContract({ ...operators, functionName: 'register', args: [partyBytes('FR*WRN'), payee, 'uri'] }),
  )
  for (const [account, scopes] of [
    [quoter.address, scopeMask('QUOTE')],
    [receipter.address, scopeMask('RECEIPT')],
  ] as const) {
    const delegation = { scopes, expiresAt: 4_000_000_000, payCapPerDay: 0n }
    await mined(
      await client.writeContract({
        ...operators,
        functionName: 'setDelegate',
        args: [operatorId, account, delegation],
      }),
    )
  }
  const listing = {
    evseId: 'FR*WRN*E000001',
    name: 'Market square',
    latitudeE7: 488_566_000,
    longitudeE7: 23_522_000,
    connectors: [{ connector: 1, standard: standardBytes('IEC_62196_T2'), maxPowerW: 22_000 }],
  }
  const registration = { listing, meterKey: meterKeyOfAddress(meter.address), keyClass: 1, active: true }
  await mined(
    await client.writeContract({ ...evses, functionName: 'registerBatch', args: [operatorId, [registration]] }),
  )
  await mined(await client.writeContract({ ...euro, functionName: 'mint', args: [funded.address, 10n ** 12n] }))
  await mined(await client.writeContract({ ...euro, functionName: 'approve', args: [addresses.escrow, 10n ** 12n] }))
  const credit = (account: Address) =>
    client
      .writeContract({ ...escrow, functionName: 'deposit', args: [token.address, 100_000_000n, account] })
      .then(mined)
  await credit(driver.address)

  const domain = domainOf(addresses)
  let salt = 0
  const terms = async (changes: Partial<ChargeTerms> = {}): Promise<ChargeTerms> => {
    const now = Number((await client.getBlock()).timestamp)
    salt += 1
    return {
      driver: driver.address,
      operatorId,
      payee,
      evseIdHash: evseIdHash('FR*WRN*E000001'),
      connector: salt,
      token: token.address,
      source: 'Credit',
      maxAmount: 25_000_000n,
      startFee: 350_000n,
      pricePerKWh: 450_000n,
      pricePerMinute: 50_000n,
      idlePerMinute: 100_000n,
      tariffHash: keccak256('0x01'),
      maxPowerW: 22_000,
      meterKeyHash: meterKeyHash(meterKeyOfAddress(meter.address)),
      disputeBond: 1_000_000n,
      disputeWindow: 86_400,
      openBy: now + 600,
      startBy: now + 2400,
      settleBy: now + 2400 + 259_200,
      sessionKey: sessionKey.address,
      salt: toHex(salt, { size: 32 }),
      ...changes,
    }
  }
  const receipt = (t: ChargeTerms, changes: Partial<ChargeReceipt> = {}): ChargeReceipt => ({
    sessionId: sessionIdOf(t, domain),
    startWh: 1_000_000n,
    endWh: 1_000_020n,
    startedAt: t.openBy - 600,
    endedAt: t.openBy - 540,
    chargingSeconds: 60,
    idleSeconds: 0,
    amount: 409_000n,
    meterRoot: keccak256('0x02'),
    ...changes,
  })
  return {
    driver,
    sessionKey,
    quoter,
    receipter,
    meter,
    payee,
    token,
    operatorId,
    domain,
    escrow,
    evses,
    euro,
    mined,
    credit,
    terms,
    receipt,
  }
}
