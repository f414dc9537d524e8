import {
  boundMicro,
  escrowDomain,
  evseIdHash,
  isSignedBy,
  quoteTypedData,
  receiptTypedData,
  sessionIdOf,
  sign,
  termsTypedData,
  withdrawTypedData,
} from '@werenode/chain'
import {
  answer,
  type Bus,
  type ChargeReceipt,
  type ChargeTerms,
  canonicalTariff,
  ceilingOf,
  type Hex,
  newEvent,
  parseTariff,
  priceSession,
  type Quote,
  receiptToWire,
  type SessionId,
  type SessionStateName,
  type SessionView,
  termsFromWire,
  termsToWire,
  WerenodeError,
  type Withdrawal,
} from '@werenode/core'
import { privateKeyWallet } from '@werenode/sdk'
import { keccak256, stringToHex, toHex } from 'viem'
import { generatePrivateKey } from 'viem/accounts'
import { demoTariffs } from './demo/tariffs.ts'
import { network, someSession } from './manager.ts'

const domain = escrowDomain(network.chainId, network.escrow)
const tariff = parseTariff(demoTariffs[0])
const timeZone = 'Europe/Paris'

/**
 * Plays manager and operator of one plug with real signatures, so that what the client signs and checks can be judged; `lie` changes
 * terms before they are signed, as a bad node would.
 */
export const signingManager = (bus: Bus, clock: () => Date) => {
  const operator = privateKeyWallet(generatePrivateKey())
  const views = new Map<string, SessionView>()
  const seen: { driverSigned?: boolean; cosigned?: boolean } = {}
  let lie: (terms: ChargeTerms) => ChargeTerms = (terms) => terms
  let lieAboutQuote: (quote: Quote) => Quote = (quote) => quote
  let events = 0

  const tell = async (view: SessionView, from: SessionStateName): Promise<void> => {
    views.set(view.id, view)
    events += 1
    await bus.commit(
      [],
      [
        newEvent({
          id: `state:${events}`,
          type: 'session.state',
          at: clock(),
          subject: `session.${view.id}`,
          data: { sessionId: view.id, from, to: view.state, view },
        }),
      ],
    )
  }
  const view = (id: string): SessionView => {
    const found = views.get(id)
    if (!found) throw new WerenodeError('not-found', 'No such session')
    return found
  }

  const withdrawals = new Map<Hex, Withdrawal>()
  const stops = [
    answer(bus, 'relayer.network', async () => network),
    answer(bus, 'relayer.credit', async () => ({ creditMicro: '50000000', walletMicro: '7', withdrawNonce: '3' })),
    answer(bus, 'relayer.withdraw', async ({ order, signature }) => {
      const { account, to, amountMicro } = order
      const typed = withdrawTypedData(
        {
          ...{ account, to, token: network.token, deadline: order.deadline },
          ...{ amount: BigInt(amountMicro), nonce: BigInt(order.nonce) },
        },
        escrowDomain(network.chainId, network.escrow),
      )
      const valid = await isSignedBy(account, typed, signature)
      if (!valid || order.nonce !== '3') throw new WerenodeError('signature-invalid', 'Not signed so')
      const made = {
        id: toHex(77, { size: 32 }),
        account,
        to,
        amountMicro,
        state: 'under-way',
        at: clock().toISOString(),
      } as const
      withdrawals.set(made.id, made)
      return made
    }),
    answer(bus, 'relayer.withdrawal', async ({ id, account }) => {
      const found = withdrawals.get(id)
      if (found?.account !== account) throw new WerenodeError('not-found', 'No such withdrawal')
      return { ...found, state: 'paid' as const, txHash: toHex(78, { size: 32 }) }
    }),
    answer(bus, 'relayer.faucet', async () => ({ key: 'k' })),
    answer(bus, 'manager.quote', async (ask) => {
      const now = Math.floor(clock().getTime() / 1000)
      const maxAmount = BigInt(ask.maxAmountMicro ?? '25000000')
      const terms = lie({
        driver: ask.driver,
        operatorId: network.operatorId,
        payee: network.payee,
        evseIdHash: evseIdHash(ask.evseId),
        connector: ask.connector,
        token: network.token,
        source: ask.source,
        maxAmount,
        ...ceilingOf(tariff),
        tariffHash: keccak256(stringToHex(canonicalTariff(tariff, timeZone))),
        maxPowerW: 22_000,
        meterKeyHash: network.meterKeyHash,
        disputeBond: (maxAmount * 5n) / 100n > 2_000_000n ? 2_000_000n : (maxAmount * 5n) / 100n,
        disputeWindow: 86_400,
        openBy: now + 300,
        startBy: now + 900,
        settleBy: now + 72 * 3_600,
        sessionKey: ask.sessionKey,
        salt: generatePrivateKey(),
      })
      const sessionId = sessionIdOf(terms, domain)
      return lieAboutQuote({
        sessionId,
        terms: termsToWire(terms),
        operatorSignature: await sign(operator, quoteTypedData(sessionId, domain)),
        expiresAt: new Date(terms.openBy * 1000).toISOString(),
        tariff,
        timeZone,
        evseId: ask.evseId,
        locationName: 'Place Bellecour',
        keyClass: 'GATEWAY',
        meterCertified: true,
        example: { energyWh: 20_000, durationS: 3_600, totalMicro: '7800000' },
      })
    }),
    answer(bus, 'manager.open', async (ask) => {
      const terms = termsFromWire(ask.terms)
      seen.driverSigned = await isSignedBy(terms.driver, termsTypedData(terms, domain), ask.driverSignature)
      const id = sessionIdOf(terms, domain)
      const opened: SessionView = {
        ...someSession(terms.driver),
        id,
        terms: ask.terms,
        state: 'opening',
        energyWh: 0,
        costMicro: '0',
        tariff,
        timeZone,
      }
      views.set(id, views.get(id) ?? opened)
      return view(id)
    }),
    answer(bus, 'manager.session', async ({ sessionId }) => view(sessionId)),
    answer(bus, 'manager.sessions', async ({ driver }) => ({
      items: [...views.values()].filter((one) => one.driver === driver),
    })),
    answer(bus, 'manager.stop', async ({ sessionId }) => ({ ...view(sessionId), state: 'stopping' })),
    answer(bus, 'manager.topUp', async ({ sessionId, newMaxMicro }) => ({
      ...view(sessionId),
      limitMicro: newMaxMicro,
    })),
    answer(bus, 'manager.cosign', async ({ sessionId, signature }) => {
      const now = view(sessionId)
      const { receipt } = now
      if (!receipt) throw new WerenodeError('session-state', 'No receipt yet')
      const typed = receiptTypedData(
        { ...receipt, startWh: BigInt(receipt.startWh), endWh: BigInt(receipt.endWh), amount: BigInt(receipt.amount) },
        domain,
      )
      seen.cosigned = await isSignedBy(now.terms.sessionKey, typed, signature)
      views.set(sessionId, { ...now, cosigned: true })
      return view(sessionId)
    }),
  ]

  return {
    seen,
    lieInTerms: (change: (terms: ChargeTerms) => ChargeTerms) => {
      lie = change
    },
    lieInQuote: (change: (quote: Quote) => Quote) => {
      lieAboutQuote = change
    },
    move: (id: SessionId, to: SessionStateName) => tell({ ...view(id), state: to }, view(id).state),
    meter: async (id: SessionId, energyWh: number, meterAt: Date) => {
      events += 1
      await bus.commit(
        [],
        [
          newEvent({
            id: `reading:${events}`,
            type: 'session.meter',
            at: clock(),
            subject: `session.${id}`,
            data: {
              sessionId: id,
              energyWh,
              powerW: 11_000,
              socPercent: null,
              costMicro: '0',
              limitMicro: '25000000',
              suspended: 'no',
              meterAt: meterAt.toISOString(),
            },
          }),
        ],
      )
    },
    /** An honest receipt, or one that is `wrong`. */
    receipt: (
      id: SessionId,
      startAt: Date,
      endAt: Date,
      energyWh: number,
      wrong: (receipt: ChargeReceipt) => ChargeReceipt = (it) => it,
    ) => {
      const seconds = Math.floor((endAt.getTime() - startAt.getTime()) / 1000)
      const price = priceSession({ tariff, timeZone, periods: [{ startAt, endAt, energyWh }] }).totalInclVatMicro
      const figures = {
        startWh: 5_000n,
        endWh: 5_000n + BigInt(energyWh),
        startedAt: Math.floor(startAt.getTime() / 1000),
        endedAt: Math.floor(endAt.getTime() / 1000),
        chargingSeconds: seconds,
        idleSeconds: 0,
      }
      const bound = boundMicro(termsFromWire(view(id).terms), { ...figures, energyWh: BigInt(energyWh) })
      const receipt = wrong({
        sessionId: id,
        ...figures,
        amount: price < bound ? price : bound,
        meterRoot: `0x${'5'.repeat(64)}` as Hex,
      })
      return tell({ ...view(id), state: 'ended', receipt: receiptToWire(receipt) }, 'charging')
    },
    stop: async () => {
      for (const stop of stops) await stop()
    },
  }
}
