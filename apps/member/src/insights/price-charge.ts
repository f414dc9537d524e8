import { parseTariff, priceSession, type SessionPeriod, type SessionPrice, type Tariff } from '@werenode/core'
import type { Charge } from '../charges/charge.ts'

/** Tariffs by the hash that a session's terms hold. */
export type Tariffs = ReadonlyMap<string, unknown>

const parsed = new WeakMap<object, Tariff | 'refused'>()
/** A tariff of the wire, read once; undefined where this app's engine cannot read it. */
export const tariffOf = (tariffs: Tariffs, hash: string): Tariff | undefined => {
  const source = tariffs.get(hash)
  if (typeof source !== 'object' || source === null) return undefined
  const known = parsed.get(source)
  if (known) return known === 'refused' ? undefined : known
  try {
    const tariff = parseTariff(source)
    parsed.set(source, tariff)
    return tariff
  } catch {
    // Said where it is shown: such charges are counted and named, never priced at a guess.
    parsed.set(source, 'refused')
    return undefined
  }
}

/** A charge reduced to what its price depends on. */
export interface Shape {
  readonly startAt: Date
  readonly energyWh: number
  readonly chargingSeconds: number
  readonly idleSeconds: number
}

export const shapeOf = (charge: Charge): Shape | undefined =>
  charge.startedAt === undefined || charge.chargingSeconds <= 0
    ? undefined
    : {
        startAt: new Date(charge.startedAt),
        energyWh: charge.energyWh,
        chargingSeconds: charge.chargingSeconds,
        idleSeconds: charge.idleSeconds,
      }

/**
 * The price by the engine that made the receipt. The meter's course within the charge is not in the history: power is taken as even, and the
 * car as plugged in after it was full.
 */
export const priceShape = (shape: Shape, tariff: Tariff, timeZone: string): SessionPrice | undefined => {
  const full = new Date(shape.startAt.getTime() + shape.chargingSeconds * 1000)
  const periods: SessionPeriod[] = [
    { startAt: shape.startAt, endAt: full, energyWh: shape.energyWh, state: 'charging' },
  ]
  if (shape.idleSeconds > 0)
    periods.push({
      startAt: full,
      endAt: new Date(full.getTime() + shape.idleSeconds * 1000),
      energyWh: 0,
      state: 'parking',
    })
  try {
    return priceSession({ tariff, timeZone, periods })
  } catch {
    // It depends on something the history does not hold, such as the current.
    return undefined
  }
}
