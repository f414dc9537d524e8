import {
  escrowDomain,
  evseIdHash,
  merkleProof,
  merkleRoot,
  meterKeyHash,
  meterKeyOfAddress,
  meterLeaf,
  quoteTypedData,
  receiptTypedData,
  recordDigest,
  recordTypedData,
  sessionIdOf,
} from '@werenode/chain'
import {
  answer,
  type Bus,
  type ChargeReceipt,
  type ChargeTerms,
  canonicalTariff,
  ceilingOf,
  newEvent,
  type Party,
  parseTariff,
  priceSession,
  receiptToWire,
  type SessionEvidence,
  type SessionId,
  type SessionView,
  termsToWire,
  WerenodeError,
} from '@werenode/core'
import { keccak256, stringToHex } from 'viem'
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { demoTariffs } from './demo/tariffs.ts'
import { network, someSession } from './manager.ts'

const domain = escrowDomain(network.chainId, network.escrow)
const timeZone = 'Europe/Paris'
const operator = privateKeyToAccount(generatePrivateKey())
const meter = privateKeyToAccount(generatePrivateKey())

export interface SignedCharge {
  readonly view: SessionView
  readonly backing: SessionEvidence
}

/** A charge that ended, with every signature real, as the manager would hold it. `startWh`: register at its start. */
export const signedCharge = async (wish: {
  driver: PrivateKeyAccount
  startAt: Date
  energyWh: number
  minutes?: number
  startWh?: number
  evseId?: string
  tariff?: object
  change?: (receipt: ChargeReceipt) => ChargeReceipt
}): Promise<SignedCharge> => {
  const { driver, startAt, energyWh, minutes = 60, startWh = 5_000, evseId = 'FR*WRN*E000001' } = wish
  const tariff = parseTariff(wish.tariff ?? demoTariffs[0])
  const sessionKey = privateKeyToAccount(generatePrivateKey())
  const from = Math.floor(startAt.getTime() / 1000)
  const endAt = new Date(startAt.getTime() + minutes * 60_000)
  const terms: ChargeTerms = {
    driver: driver.address.toLowerCase() as `0x${string}`,
    operatorId: network.operatorId,
    payee: network.payee,
    evseIdHash: evseIdHash(evseId),
    connector: 1,
    token: network.token,
    source: 'Credit',
    maxAmount: 25_000_000n,
    ...ceilingOf(tariff),
    tariffHash: keccak256(stringToHex(canonicalTariff(tariff, timeZone))),
    maxPowerW: 22_000,
    meterKeyHash: meterKeyHash(meterKeyOfAddress(meter.address)),
    disputeBond: 1_000_000n,
    disputeWindow: 86_400,
    openBy: from + 300,
    startBy: from + 900,
    settleBy: from + 259_200,
    sessionKey: sessionKey.address.toLowerCase() as `0x${string}`,
    salt: generatePrivateKey(),
  }
  const id = sessionIdOf(terms, domain)
  const sign = (account: PrivateKeyAccount, typed: unknown) => account.signTypedData(typed as never)
  const record = (kind: 'START' | 'END', wh: number, at: Date, chargingSeconds: number, counter: number) => ({
    sessionId: id,
    kind,
    wh: BigInt(wh),
    time: Math.floor(at.getTime() / 1000),
    chargingSeconds,
    idleSeconds: 0,
    counter,
  })
  const start = record('START', startWh, startAt, 0, 7)
  const end = record('END', startWh + energyWh, endAt, minutes * 60, 8)
  const leaves = [start, end].map((one) => meterLeaf(recordDigest(one, domain)))
  const signed = async (one: typeof start) => ({
    record: { ...one, wh: one.wh.toString() },
    signature: await sign(meter, recordTypedData(one, domain)),
    proof: merkleProof(leaves, meterLeaf(recordDigest(one, domain))),
  })
  const price = priceSession({ tariff, timeZone, periods: [{ startAt, endAt, energyWh }] }).totalInclVatMicro
  const honest: ChargeReceipt = {
    sessionId: id,
    startWh: start.wh,
    endWh: end.wh,
    startedAt: start.time,
    endedAt: end.time,
    chargingSeconds: end.chargingSeconds,
    idleSeconds: 0,
    amount: price,
    meterRoot: merkleRoot(leaves),
  }
  const receipt = wish.change?.(honest) ?? honest
  const receiptTyped = receiptTypedData(receipt, domain)
  const receiptSignature = await sign(operator, receiptTyped)
  return {
    view: {
      ...someSession(terms.driver),
      id,
      state: 'settled',
      evseId: evseId as never,
      terms: termsToWire(terms),
      createdAt: startAt.toISOString(),
      startedAt: startAt.toISOString(),
      endedAt: endAt.toISOString(),
      energyWh,
      powerW: null,
      chargingSeconds: minutes * 60,
      costMicro: receipt.amount.toString(),
      receipt: receiptToWire(receipt),
      receiptSignature,
      cosigned: true,
      paidMicro: receipt.amount.toString(),
      returnedMicro: (25_000_000n - receipt.amount).toString(),
      transactions: { open: `0x${'0a'.repeat(32)}`, settle: `0x${'0b'.repeat(32)}` },
      tariff,
      timeZone,
    },
    backing: {
      party: 'FR*WRN' as Party,
      paid: true,
      keyClass: 'GATEWAY',
      operatorSignature: await sign(operator, quoteTypedData(id, domain)),
      receiptSignature,
      cosignature: await sign(sessionKey, receiptTyped),
      evidence: { start: await signed(start), end: await signed(end) },
    },
  }
}

/** Plays manager and relayer for charges that ended. */
export const chargeKeeper = (bus: Bus) => {
  const kept = new Map<string, SignedCharge>()
  let events = 0
  const find = (id: SessionId): SignedCharge => {
    const found = kept.get(id)
    if (!found) throw new WerenodeError('not-found', 'No such session')
    return found
  }
  answer(bus, 'manager.session', async ({ sessionId }) => find(sessionId).view)
  answer(bus, 'manager.evidence', async ({ sessionId }) => find(sessionId).backing)
  answer(bus, 'relayer.network', async () => network)
  answer(bus, 'relayer.session', async () => ({ status: 'Settled', heldMicro: '0', blockNumber: '42' }))
  return {
    put: (charge: SignedCharge): SignedCharge => {
      kept.set(charge.view.id, charge)
      return charge
    },
    /** Tells it as the manager does, so that whoever follows sessions knows it. */
    tell: async (charge: SignedCharge, at: Date = new Date(charge.view.endedAt!)): Promise<void> => {
      kept.set(charge.view.id, charge)
      events += 1
      await bus.commit(
        [],
        [
          newEvent({
            id: `told:${events}`,
            type: 'session.state',
            at,
            subject: `session.${charge.view.id}`,
            data: { sessionId: charge.view.id, from: 'settling', to: charge.view.state, view: charge.view },
          }),
        ],
      )
      await bus.idle(10_000)
    },
  }
}
