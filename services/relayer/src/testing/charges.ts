import {
  boundMicro,
  escrowDomain,
  evseIdHash,
  quoteTypedData,
  receiptTypedData,
  sessionIdOf,
  sign,
  termsTypedData,
  walletOfAccount,
} from '@werenode/chain'
import {
  type ChainIntent,
  type ChargeReceipt,
  type ChargeTerms,
  receiptToWire,
  type SessionId,
  termsToWire,
} from '@werenode/core'
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import type { NetworkFacts } from '../contracts/network.ts'
import { accountsOf, type RelayerAccounts } from '../signing/accounts.ts'
import type { RelayerKeys } from '../signing/key-file.ts'

export interface Charge {
  readonly id: SessionId
  readonly terms: ChargeTerms
  readonly driver: PrivateKeyAccount
  readonly session: PrivateKeyAccount
}

let charges = 0

/** Terms as the manager makes them, for a driver of its own. */
export const newCharge = (world: Signing, fields: Partial<ChargeTerms> = {}): Charge => {
  charges += 1
  const driver = privateKeyToAccount(generatePrivateKey())
  const session = privateKeyToAccount(generatePrivateKey())
  const now = Math.floor(Date.now() / 1000)
  const terms: ChargeTerms = {
    driver: driver.address,
    operatorId: world.network.operatorId,
    payee: world.network.payee,
    evseIdHash: evseIdHash(`FR*WRN*E${charges}`),
    connector: 1,
    token: world.network.token,
    source: 'Credit',
    maxAmount: 25_000_000n,
    startFee: 500_000n,
    pricePerKWh: 400_000n,
    pricePerMinute: 0n,
    idlePerMinute: 0n,
    tariffHash: `0x${'11'.repeat(32)}`,
    maxPowerW: 22_000,
    meterKeyHash: accountsFor(world.keys).meterKeyHash,
    disputeBond: 1_000_000n,
    disputeWindow: 86_400,
    openBy: now + 600,
    startBy: now + 1800,
    settleBy: now + 4 * 86_400,
    sessionKey: session.address,
    salt: generatePrivateKey(),
    ...fields,
  }
  return { id: sessionIdOf(terms, escrowDomain(31_337, world.network.escrow)), terms, driver, session }
}

const known = new WeakMap<RelayerKeys, RelayerAccounts>()
/** Deriving six public keys takes longer than all else a test charge needs. */
const accountsFor = (keys: RelayerKeys): RelayerAccounts => {
  const accounts = known.get(keys) ?? accountsOf(keys)
  known.set(keys, accounts)
  return accounts
}

/** Whose operator signs, and for which chain. */
export interface Signing {
  readonly network: NetworkFacts
  readonly keys: RelayerKeys
}
const domainOf = ({ network }: Signing) => escrowDomain(network.chainId, network.escrow)

export const openIntent = async (world: Signing, charge: Charge): Promise<ChainIntent> => ({
  kind: 'open',
  terms: termsToWire(charge.terms),
  operatorSignature: await sign(
    walletOfAccount(accountsFor(world.keys).signer),
    quoteTypedData(charge.id, domainOf(world)),
  ),
  driverSignature: await sign(walletOfAccount(charge.driver), termsTypedData(charge.terms, domainOf(world))),
})

export const receiptOf = (charge: Charge, fields: Partial<ChargeReceipt> = {}): ChargeReceipt => {
  const now = Math.floor(Date.now() / 1000)
  const figures = {
    sessionId: charge.id,
    startWh: 1000n,
    endWh: 1050n,
    startedAt: now - 60,
    endedAt: now,
    chargingSeconds: 60,
    idleSeconds: 0,
    meterRoot: `0x${'22'.repeat(32)}` as const,
    ...fields,
  }
  const amount = boundMicro(charge.terms, {
    energyWh: figures.endWh - figures.startWh,
    chargingSeconds: figures.chargingSeconds,
    idleSeconds: figures.idleSeconds,
  })
  return { ...figures, amount, ...fields }
}

export const settleIntent = async (
  world: Signing,
  charge: Charge,
  receipt: ChargeReceipt = receiptOf(charge),
): Promise<ChainIntent> => {
  const typed = receiptTypedData(receipt, domainOf(world))
  return {
    kind: 'settle',
    terms: termsToWire(charge.terms),
    receipt: receiptToWire(receipt),
    operatorSignature: await sign(walletOfAccount(accountsFor(world.keys).signer), typed),
    driverSignature: await sign(walletOfAccount(charge.session), typed),
  }
}
