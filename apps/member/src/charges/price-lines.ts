import { type Cost, parseTariff, priceSession, type SessionPrice } from '@werenode/core'
import { type Point, samplesOf } from './curve.ts'
import type { Session } from './session.ts'

/** What a session's cost is made of, recomputed here by the engine that made the receipt. */
export interface Breakdown {
  readonly price: SessionPrice
  /** Recomputed from the readings, or from the receipt's times where no readings are kept. */
  readonly from: 'readings' | 'receipt'
  readonly totalMicro: bigint
  /** What is asked for. */
  readonly billedMicro: bigint
  /** Billed no more than the deposit's limit though the price is above it. */
  readonly limited: boolean
  /** The two agree, but for what not every reading tells. */
  readonly agrees: boolean
}

/** Two cents or one percent: not every reading reaches a reader. */
const toleranceOf = (amount: bigint): bigint => (amount / 100n > 20_000n ? amount / 100n : 20_000n)

/** Undefined while nothing was charged, or where the tariff cannot be read here. */
export const breakdownOf = (session: Session, points: readonly Point[]): Breakdown | undefined => {
  const { receipt, startedAt } = session
  const endedAt = session.endedAt ?? (points.at(-1) && new Date(points.at(-1)!.at).toISOString())
  if (startedAt === undefined || endedAt === undefined || session.energyWh <= 0) return undefined
  try {
    const tariff = parseTariff(session.tariff)
    const { timeZone, energyWh } = session
    const price =
      points.length >= 2
        ? priceSession({ tariff, timeZone, samples: samplesOf(points, { startedAt, endedAt, energyWh }) })
        : priceSession({ tariff, timeZone, periods: evenPeriods(session, startedAt, endedAt) })
    const limitMicro = BigInt(session.limitMicro)
    const billedMicro = BigInt(receipt?.amount ?? session.costMicro)
    const totalMicro = price.totalInclVatMicro < limitMicro ? price.totalInclVatMicro : limitMicro
    const gap = totalMicro > billedMicro ? totalMicro - billedMicro : billedMicro - totalMicro
    return {
      price,
      from: points.length >= 2 ? 'readings' : 'receipt',
      totalMicro,
      billedMicro,
      limited: price.totalInclVatMicro > limitMicro,
      agrees: gap <= toleranceOf(billedMicro),
    }
  } catch {
    return undefined
  }
}

/** Charging first, standing after: all the receipt says of the course. */
const evenPeriods = (session: Session, startedAt: string, endedAt: string) => {
  const startMs = Date.parse(startedAt)
  const endMs = Math.max(startMs, Date.parse(endedAt))
  const fullMs = Math.min(endMs, startMs + session.chargingSeconds * 1000)
  const idleMs = Math.min(endMs, fullMs + session.idleSeconds * 1000)
  return [
    { startAt: new Date(startMs), endAt: new Date(fullMs), energyWh: session.energyWh, state: 'charging' as const },
    ...(idleMs > fullMs
      ? [{ startAt: new Date(fullMs), endAt: new Date(idleMs), energyWh: 0, state: 'parking' as const }]
      : []),
  ]
}

/** Parts of a price that are something, in the order a person reads them. */
export const partsOf = ({
  costs,
  limit,
  rounding,
}: SessionPrice): readonly { readonly key: PartKey; readonly cost: Cost }[] =>
  (
    [
      ['price.energy', costs.ENERGY],
      ['price.chargingTime', costs.TIME],
      ['price.idleTime', costs.PARKING_TIME],
      ['price.fixed', costs.FLAT],
      ['price.reservation', costs.RESERVATION],
      [limit.inclVat === 'max' ? 'price.maximum' : 'price.minimum', limit],
      ['price.rounding', rounding],
    ] as const
  )
    .filter(([, { inclVatMicro }]) => inclVatMicro !== 0n)
    .map(([key, cost]) => ({ key, cost }))

export type PartKey =
  | 'price.energy'
  | 'price.chargingTime'
  | 'price.idleTime'
  | 'price.fixed'
  | 'price.reservation'
  | 'price.maximum'
  | 'price.minimum'
  | 'price.rounding'
