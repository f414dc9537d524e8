import {
  type Address,
  answer,
  type Bus,
  type EvseId,
  type Hex,
  newEvent,
  type Quote,
  type SessionId,
  type SessionStateName,
  type SessionView,
  type Unsubscribe,
  WerenodeError,
  type WireTerms,
  type Withdrawal,
} from '@werenode/core'

const word = (n: number): Hex => `0x${n.toString(16).padStart(64, '0')}`
const account = (n: number): Address => `0x${n.toString(16).padStart(40, '0')}`

export const someTerms = (driver: Address, n = 1): WireTerms => ({
  driver,
  operatorId: word(7),
  payee: account(8),
  evseIdHash: word(9),
  connector: 1,
  token: account(10),
  source: 'Credit',
  maxAmount: '25000000',
  startFee: '0',
  pricePerKWh: '450000',
  pricePerMinute: '0',
  idlePerMinute: '0',
  tariffHash: word(11),
  maxPowerW: 22_000,
  meterKeyHash: word(12),
  disputeBond: '500000',
  disputeWindow: 86_400,
  openBy: 1_795_000_000,
  startBy: 1_795_000_600,
  settleBy: 1_795_260_000,
  sessionKey: account(13),
  salt: word(n),
})

export const aSignature: Hex = `0x${'ab'.repeat(65)}`

export const someSession = (driver: Address, n = 1, state: SessionStateName = 'charging'): SessionView => ({
  id: word(1000 + n) as SessionId,
  state,
  door: 'app',
  driver,
  evseId: 'FR*WRN*E000001' as EvseId,
  connector: 1,
  stationId: 'WRN-1',
  locationName: 'Place Bellecour',
  terms: someTerms(driver, n),
  createdAt: '2026-11-22T12:00:00.000Z',
  energyWh: 1200,
  powerW: 11_000,
  meterCertified: true,
  socPercent: null,
  chargingSeconds: 300,
  idleSeconds: 0,
  suspended: 'no',
  stationOffline: false,
  costMicro: '540000',
  limitMicro: '25000000',
  flags: [],
  cosigned: false,
  transactions: {},
  tariff: null,
  timeZone: 'Europe/Paris',
})

/**
 * Answers `manager.*` and `relayer.*` with what a test put here, and remembers what it was asked. The API only forwards these;
 * that the real manager understands them is proven by the walk.
 */
export const standInManager = (bus: Bus) => {
  const sessions = new Map<string, SessionView>()
  const asked: { subject: string; payload: unknown }[] = []
  let refuse: WerenodeError | undefined
  let quotes = 0
  const note = (subject: string, payload: unknown): void => {
    asked.push({ subject, payload })
    if (refuse) throw refuse
  }
  const session = (id: SessionId): SessionView => {
    const found = sessions.get(id)
    if (!found) throw new WerenodeError('not-found', 'No such session')
    return found
  }
  const withdrawals = new Map<Hex, Withdrawal>()
  const running: Unsubscribe[] = [
    answer(bus, 'manager.quote', async (ask) => {
      note('manager.quote', ask)
      quotes += 1
      const quote: Quote = {
        sessionId: word(quotes) as SessionId,
        terms: someTerms(ask.driver, quotes),
        operatorSignature: aSignature,
        expiresAt: '2026-11-22T12:05:00.000Z',
        tariff: { id: 'T' },
        timeZone: 'Europe/Paris',
        evseId: ask.evseId,
        locationName: 'Place Bellecour',
        keyClass: 'GATEWAY',
        meterCertified: true,
        example: { energyWh: 20_000, durationS: 3600, totalMicro: '9000000' },
      }
      return quote
    }),
    answer(bus, 'manager.open', async (ask) => {
      note('manager.open', ask)
      const view = someSession(ask.terms.driver, 500, 'opening')
      sessions.set(view.id, view)
      return view
    }),
    answer(bus, 'manager.stop', async (ask) => {
      note('manager.stop', ask)
      return { ...session(ask.sessionId), state: 'stopping' }
    }),
    answer(bus, 'manager.cosign', async (ask) => {
      note('manager.cosign', ask)
      return { ...session(ask.sessionId), cosigned: true }
    }),
    answer(bus, 'manager.topUp', async (ask) => {
      note('manager.topUp', ask)
      return { ...session(ask.sessionId), limitMicro: ask.newMaxMicro }
    }),
    answer(bus, 'manager.session', async (ask) => {
      note('manager.session', ask)
      return session(ask.sessionId)
    }),
    answer(bus, 'manager.sessions', async (ask) => {
      note('manager.sessions', ask)
      const mine = [...sessions.values()].filter(({ driver }) => driver === ask.driver)
      return { items: mine.slice(0, ask.limit), ...(mine.length > (ask.limit ?? 100) ? { next: 'more' } : {}) }
    }),
    answer(bus, 'relayer.network', async () => ({ ...network, local: !refuse })),
    answer(bus, 'relayer.credit', async (ask) => {
      note('relayer.credit', ask)
      return { creditMicro: '50000000', walletMicro: '0' }
    }),
    answer(bus, 'relayer.faucet', async (ask) => {
      note('relayer.faucet', ask)
      return { key: `faucet:${asked.length}` }
    }),
    answer(bus, 'relayer.withdrawal', async (ask) => {
      note('relayer.withdrawal', ask)
      const found = withdrawals.get(ask.id)
      if (found?.account !== ask.account) throw new WerenodeError('not-found', 'No such withdrawal')
      return found
    }),
  ]
  return {
    asked,
    forget: (): void => {
      asked.length = 0
      refuse = undefined
      sessions.clear()
    },
    put: (view: SessionView): SessionView => {
      sessions.set(view.id, view)
      return view
    },
    putWithdrawal: (withdrawal: Withdrawal): Withdrawal => {
      withdrawals.set(withdrawal.id, withdrawal)
      return withdrawal
    },
    refuseWith: (error: WerenodeError | undefined): void => {
      refuse = error
    },
    /** A live reading, as the manager would tell it. */
    meter: (view: SessionView, energyWh: number) =>
      bus.commit(
        [],
        [
          newEvent({
            id: `meter:${view.id}:${energyWh}`,
            type: 'session.meter',
            at: new Date('2026-11-22T12:00:01.000Z'),
            subject: `session.${view.id}`,
            data: {
              sessionId: view.id,
              energyWh,
              powerW: 11_000,
              socPercent: null,
              costMicro: String(energyWh * 450),
              limitMicro: view.limitMicro,
              suspended: 'no',
              meterAt: '2026-11-22T12:00:01.000Z',
            },
          }),
        ],
      ),
    stop: async () => {
      for (const stop of running) await stop()
    },
  }
}

export const network = {
  chainId: 31_337,
  escrow: account(20),
  token: account(10),
  operatorRegistry: account(21),
  evseRegistry: account(22),
  operatorId: word(7),
  payee: account(8),
  meterKeyHash: word(12),
  issuer: account(23),
  issuerSessionKey: account(24),
  depth: 1,
  local: true,
}
