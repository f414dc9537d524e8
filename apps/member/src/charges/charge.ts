import { type LocalMoment, localMoment } from './local-moment.ts'
import { isSessionOver, type Session } from './session.ts'

/** A charge as this device keeps it: what lists, filters and sums need, and nothing of the signatures. */
export interface Charge {
  readonly id: string
  readonly state: Session['state']
  readonly door: Session['door']
  readonly evseId: string
  /** OCPI party in front of the EVSE id, e.g. `FR*WRN`. */
  readonly operator: string
  readonly place: string
  readonly createdAt: string
  readonly startedAt?: string
  readonly endedAt?: string
  /** When it began (or was asked for), by the clock at the plug. */
  readonly local: LocalMoment
  readonly timeZone: string
  readonly energyWh: number
  readonly chargingSeconds: number
  readonly idleSeconds: number
  /** What it costs its driver, VAT included, micro-euro. */
  readonly costMicro: bigint
  /** The deposit's limit. */
  readonly limitMicro: bigint
  readonly paidMicro?: bigint
  readonly returnedMicro?: bigint
  /** What the plug can give, W. */
  readonly maxPowerW: number
  /** Names the tariff it was priced by. */
  readonly tariffHash: string
  readonly transactions: Session['transactions']
}

/** No power flowed, or nobody had to pay: they stand in the history and in no sum. */
const uncounted: ReadonlySet<Session['state']> = new Set([
  'opening',
  'funded',
  'starting',
  'rejected',
  'cancelling',
  'cancelled',
])

export const isCounted = ({ state }: Pick<Charge, 'state'>): boolean => !uncounted.has(state)
/** Nothing about it will change any more. */
export const isOver = ({ state }: Pick<Charge, 'state'>): boolean => isSessionOver(state)
/** Needs the driver's eyes now: the deposit is locked or power flows. */
export const isLive = ({ state }: Pick<Charge, 'state'>): boolean =>
  ['opening', 'funded', 'starting', 'charging', 'stopping', 'ended'].includes(state)

/** Whoever took everything back paid nothing; a disputed amount is what was paid of it. */
const costOf = (session: Session): bigint => {
  if (session.state === 'reclaimed' || uncounted.has(session.state)) return 0n
  return BigInt(session.paidMicro ?? session.receipt?.amount ?? session.costMicro)
}

/** `FR*WRN*E000001` and `FRWRNE000001` are of one operator. */
export const operatorOf = (evseId: string): string => {
  const bare = evseId.replaceAll('*', '').toUpperCase()
  return `${bare.slice(0, 2)}*${bare.slice(2, 5)}`
}

export const chargeOf = (session: Session): Charge => ({
  id: session.id,
  state: session.state,
  door: session.door,
  evseId: session.evseId,
  operator: operatorOf(session.evseId),
  place: session.locationName,
  createdAt: session.createdAt,
  ...(session.startedAt === undefined ? {} : { startedAt: session.startedAt }),
  ...(session.endedAt === undefined ? {} : { endedAt: session.endedAt }),
  local: localMoment(new Date(session.startedAt ?? session.createdAt), session.timeZone),
  timeZone: session.timeZone,
  energyWh: session.energyWh,
  chargingSeconds: session.chargingSeconds,
  idleSeconds: session.idleSeconds,
  costMicro: costOf(session),
  limitMicro: BigInt(session.limitMicro),
  ...(session.paidMicro === undefined ? {} : { paidMicro: BigInt(session.paidMicro) }),
  ...(session.returnedMicro === undefined ? {} : { returnedMicro: BigInt(session.returnedMicro) }),
  maxPowerW: session.terms.maxPowerW,
  tariffHash: session.terms.tariffHash,
  transactions: session.transactions,
})
