import { parseTariff, quote, type SessionView } from '@werenode/core'

/** A part of an amount under one rate. Cents, so that documents add up as they are printed. */
export interface VatPart {
  /** Percent as a decimal string; null: outside VAT. */
  readonly rate: string | null
  readonly grossCents: bigint
}

/** Whole cents of micro-euro, half up. */
export const centsOf = (micro: bigint): bigint => (micro + 5_000n) / 10_000n

/**
 * The VAT inside what a charge cost. One rate: all of it is of that rate. Several: in the proportion in which the tariff prices a charge
 * of this energy and these times; the last part takes what rounding leaves.
 */
export const vatParts = (view: SessionView): readonly VatPart[] => {
  const grossCents = centsOf(BigInt(view.receipt?.amount ?? view.costMicro))
  const weights = weightsOf(view)
  const rates = [...weights.keys()]
  if (rates.length <= 1) return [{ rate: rates[0] ?? null, grossCents }]
  const sum = [...weights.values()].reduce((a, b) => a + b, 0n)
  let left = grossCents
  return rates.map((rate, index) => {
    const cents = index === rates.length - 1 ? left : (grossCents * weights.get(rate)!) / sum
    left -= cents
    return { rate, grossCents: cents }
  })
}

/** Gross price by rate, for the proportion only. */
const weightsOf = (view: SessionView): ReadonlyMap<string | null, bigint> => {
  const weights = new Map<string | null, bigint>()
  try {
    const tariff = parseTariff(view.tariff)
    const powerW = view.chargingSeconds > 0 ? Math.round((view.energyWh * 3_600) / view.chargingSeconds) : 11_000
    const { lines } = quote(tariff, {
      timeZone: view.timeZone,
      startAt: new Date(view.startedAt ?? view.createdAt),
      energyWh: view.energyWh,
      chargingSeconds: view.chargingSeconds,
      parkingSeconds: view.idleSeconds,
      currentA: powerW / 230,
    })
    for (const { vatPercent, inclVatMicro } of lines)
      if (inclVatMicro > 0n) weights.set(vatPercent, (weights.get(vatPercent) ?? 0n) + inclVatMicro)
    if (weights.size === 0) {
      const first = tariff.elements[0]?.price_components[0]
      weights.set(first?.vat === undefined ? null : String(first.vat), 1n)
    }
  } catch {
    // A tariff we cannot read (roaming's, an older one) tells no rate: the amount stands without.
    weights.set(null, 1n)
  }
  return weights
}

/** Net and VAT of a gross amount, cents, half up. `rate` in percent, up to four decimals. */
export const netOf = (grossCents: bigint, rate: string | null): bigint => {
  if (rate === null) return grossCents
  const scaled = BigInt(Math.round(Number(rate) * 10_000))
  const whole = 1_000_000n + scaled
  return (grossCents * 1_000_000n * 2n + whole) / (whole * 2n)
}

/** VAT of a net basis, cents, half up (EN 16931 BR-CO-17). */
export const vatOf = (netCents: bigint, rate: string | null): bigint => {
  if (rate === null) return 0n
  const scaled = BigInt(Math.round(Number(rate) * 10_000))
  return (netCents * scaled * 2n + 1_000_000n) / 2_000_000n
}

/** `1234` -> `12.34`. */
export const decimalOf = (cents: bigint): string => {
  const sign = cents < 0n ? '-' : ''
  const whole = cents < 0n ? -cents : cents
  return `${sign}${whole / 100n}.${(whole % 100n).toString().padStart(2, '0')}`
}
