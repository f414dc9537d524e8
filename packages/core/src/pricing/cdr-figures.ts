import { dWhPerWh } from './compile.ts'
import { msPerHour } from './local-time.ts'
import { roundMicro } from './rounding.ts'
import type { CdrDimension, Cost, SessionPrice } from './session-price.ts'

/** The figures of a CDR (or of a running Session) in OCPI 2.2.1's names, numbers with 4 decimals (types, "number"). */
export interface CdrFigures {
  readonly currency: string
  readonly total_cost: OcpiPrice
  readonly total_fixed_cost?: OcpiPrice
  readonly total_energy: number
  readonly total_energy_cost?: OcpiPrice
  readonly total_time: number
  readonly total_time_cost?: OcpiPrice
  readonly total_parking_time?: number
  readonly total_parking_cost?: OcpiPrice
  readonly total_reservation_cost?: OcpiPrice
  readonly charging_periods: readonly {
    readonly start_date_time: string
    readonly dimensions: readonly CdrDimension[]
    readonly tariff_id: string
  }[]
}

/** `incl_vat` is absent where the tariff names no VAT: that is not 0 %. */
export interface OcpiPrice {
  readonly excl_vat: number
  readonly incl_vat?: number
}

/**
 * OCPI 2.2.1 mod_cdrs, CDR object. total_cost is the session's price rounded to 4 decimals; the partial costs are the lines', so they
 * need not add up to it where min_price or max_price binds.
 */
export const cdrFigures = (price: SessionPrice): CdrFigures => {
  const hasVat =
    price.lines.some((line) => line.vatPercent !== null) || price.totalInclVatMicro !== price.totalExclVatMicro
  const money = (cost: Cost): OcpiPrice => ({
    excl_vat: number(cost.exclVatMicro),
    ...(hasVat ? { incl_vat: number(cost.inclVatMicro) } : {}),
  })
  const group = <Key extends string>(key: Key, lines: SessionPrice['lines']): { readonly [K in Key]?: OcpiPrice } => {
    if (lines.length === 0) return {}
    const sum = { exclVatMicro: 0n, inclVatMicro: 0n }
    for (const line of lines) {
      sum.exclVatMicro += line.exclVatMicro
      sum.inclVatMicro += line.inclVatMicro
    }
    return { [key]: money(sum) } as { [K in Key]: OcpiPrice }
  }
  const of = (dimension: string) => price.lines.filter((line) => !line.reservation && line.dimension === dimension)
  return {
    currency: price.currency,
    total_cost: money({ exclVatMicro: price.totalExclVatMicro, inclVatMicro: price.totalInclVatMicro }),
    ...group('total_fixed_cost', of('FLAT')),
    total_energy: Math.round(price.energyWh * dWhPerWh) / (1000 * dWhPerWh),
    ...group('total_energy_cost', of('ENERGY')),
    total_time: hours(price.chargingMs + price.parkingMs + price.suspendedMs),
    ...group('total_time_cost', of('TIME')),
    ...(price.parkingMs === 0 ? {} : { total_parking_time: hours(price.parkingMs) }),
    ...group('total_parking_cost', of('PARKING_TIME')),
    ...group(
      'total_reservation_cost',
      price.lines.filter((line) => line.reservation),
    ),
    charging_periods: price.periods.map(({ startAt, dimensions }) => ({
      start_date_time: startAt.toISOString(),
      dimensions,
      tariff_id: price.tariffId,
    })),
  }
}

const number = (micro: bigint): number => Number(roundMicro(micro, 4) / 100n) / 10_000
const hours = (millis: number): number => Math.round((millis * 10_000) / msPerHour) / 10_000
