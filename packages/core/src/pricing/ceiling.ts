import type { PriceCeiling } from '../terms.ts'
import { type CompiledComponent, type CompiledTariff, compileTariff, dWhPerKWh, type Phase } from './compile.ts'
import { Exact, exact, zero } from './exact.ts'
import { msPerHour } from './local-time.ts'
import { notExpressible } from './refusal.ts'
import type { Tariff, TariffDimension } from './tariff.ts'

/** The largest session the ceilings must cover. What is absent is unlimited; a reservation is covered only where it is named. */
export interface MaxSession {
  readonly energyWh?: number
  /** From plugging in to leaving. */
  readonly totalSeconds?: number
  readonly reservationSeconds?: number
}

/**
 * Gross ceilings that dominate the tariff (chain.md R30): for every session within `max`,
 * priceSession(...).totalInclVatMicro <= boundMicro(ceilingOf(tariff, max), receipt), where the receipt counts whole Wh and
 * whole seconds rounded down.
 *
 * Each price is the dearest that can be reached; the start fee holds the dearest FLAT, one step of each dimension,
 * min_price, a reservation, and a millionth for rounding; max_price caps it.
 *
 * @throws WerenodeError `not-payable` in another currency than the asset's, or where a ceiling does not fit 64 bits.
 */
export const ceilingOf = (tariff: Tariff, max: MaxSession = {}, assetCurrency = 'EUR'): PriceCeiling => {
  if (tariff.currency !== assetCurrency)
    throw notExpressible(`it is in ${tariff.currency}, the asset in ${assetCurrency}`)
  const compiled = compileTariff(tariff)
  const dearest = (dimension: TariffDimension) =>
    highest(reachable(compiled.charge, dimension, max), ({ inclPrice }) => inclPrice)
  const ceiling: PriceCeiling = {
    startFee: startFee(compiled, max),
    pricePerKWh: microUp(dearest('ENERGY')),
    pricePerMinute: microUp(dearest('TIME').dividedBy(60)),
    idlePerMinute: microUp(dearest('PARKING_TIME').dividedBy(60)),
  }
  for (const [name, value] of Object.entries(ceiling))
    if (value >= 2n ** 64n) throw notExpressible(`its ${name} does not fit the contract's 64 bits`)
  return ceiling
}

const startFee = (compiled: CompiledTariff, max: MaxSession): bigint => {
  const { charge } = compiled
  const flat = highest(reachable(charge, 'FLAT', max), ({ inclPrice }) => inclPrice)
  const steps = exact(0)
    .plus(highest(reachable(charge, 'ENERGY', max), stepPrice))
    .plus(highest(reachable(charge, 'TIME', max), stepPrice))
    .plus(highest(reachable(charge, 'PARKING_TIME', max), stepPrice))
  const fee = flat.plus(steps).plus(reservationFee(compiled, max)).plus(exact('0.000001'))
  const atLeast = compiled.min === undefined ? fee : Exact.max(fee, compiled.min.incl)
  return microUp(compiled.max === undefined ? atLeast : Exact.min(atLeast, compiled.max.incl))
}

/** Covers step_size, and the part of a Wh or second that a receipt does not count. */
const stepPrice = ({ inclPrice, dimension, step }: CompiledComponent): Exact => {
  const [perUnit, whole] = dimension === 'ENERGY' ? [dWhPerKWh, 10] : [msPerHour, 1000]
  return inclPrice.times(Math.max(step, whole)).dividedBy(perUnit)
}

const reservationFee = (compiled: CompiledTariff, { reservationSeconds }: MaxSession): Exact => {
  if (reservationSeconds === undefined) return zero
  // Used or expired: whichever is dearer. A reservation is all time and no energy.
  const feeOf = (phase: Phase) => {
    const within = { totalSeconds: reservationSeconds }
    const times = reachable(phase, 'TIME', within)
    return highest(reachable(phase, 'FLAT', within), ({ inclPrice }) => inclPrice)
      .plus(highest(times, ({ inclPrice }) => inclPrice.times(Math.ceil(reservationSeconds)).dividedBy(3600)))
      .plus(highest(times, stepPrice))
  }
  return Exact.max(feeOf(compiled.reserved), feeOf(compiled.expired))
}

/** Components of a dimension that a session within `max` can meet: up to the first unrestricted element, which hides the rest. */
const reachable = (phase: Phase, dimension: TariffDimension, max: MaxSession): readonly CompiledComponent[] => {
  const found: CompiledComponent[] = []
  for (const { condition, components } of phase.elements) {
    const component = components[dimension]
    if (component === undefined) continue
    const tooMuch = max.energyWh !== undefined && condition?.dWh !== undefined && condition.dWh.from > max.energyWh * 10
    const tooLate =
      max.totalSeconds !== undefined &&
      condition?.durationMs !== undefined &&
      condition.durationMs.from > max.totalSeconds * 1000
    if (!tooMuch && !tooLate) found.push(component)
    if (condition === undefined) break
  }
  return found
}

const highest = (components: readonly CompiledComponent[], value: (component: CompiledComponent) => Exact): Exact =>
  components.reduce((most, component) => Exact.max(most, value(component)), zero)

const microUp = (amount: Exact): bigint => BigInt(amount.times(1_000_000).ceil().toFixed(0))
