import type { VehicleState } from './session-input.ts'
import type { TariffDimension } from './tariff.ts'

/** An amount without and with VAT, in millionths of the tariff's currency (micro-euro for EUR). */
export interface Cost {
  readonly exclVatMicro: bigint
  readonly inclVatMicro: bigint
}

/** The price of a session, to the micro-euro, and everything it is made of. */
export interface SessionPrice {
  readonly tariffId: string
  readonly currency: string
  readonly totalExclVatMicro: bigint
  readonly totalInclVatMicro: bigint
  /** Always: lines + limit + rounding = total. */
  readonly lines: readonly PriceLine[]
  /** Sums of lines, as a CDR groups them: reservation apart from the charge. */
  readonly costs: Readonly<Record<CostGroup, Cost>>
  /** What min_price or max_price added (+) or took off (-). */
  readonly limit: Cost & {
    readonly exclVat: 'min' | 'max' | undefined
    readonly inclVat: 'min' | 'max' | undefined
  }
  /** What is left because each line is rounded by itself: some millionths. */
  readonly rounding: Cost
  /** Elements of the tariff that priced something, by their place in it. */
  readonly appliedElements: readonly number[]
  /** Energy taken, Wh, in tenths. */
  readonly energyWh: number
  readonly chargingMs: number
  readonly parkingMs: number
  readonly suspendedMs: number
  readonly reservationMs: number
  readonly periods: readonly PricedPeriod[]
}

export type CostGroup = 'ENERGY' | 'TIME' | 'PARKING_TIME' | 'FLAT' | 'RESERVATION'

/** What one price component costs. */
export interface PriceLine extends Cost {
  readonly dimension: TariffDimension
  readonly reservation: boolean
  readonly elementIndex: number
  readonly componentIndex: number
  /** As in the tariff, a decimal: per kWh, per hour or per session. */
  readonly price: string
  /** Percent; null where the tariff names none. */
  readonly vatPercent: string | null
  /** Wh (ENERGY), seconds (TIME, PARKING_TIME) or 1 (FLAT): consumed, and billed after step_size. */
  readonly consumed: number
  readonly billed: number
}

/** A charging period in OCPI's terms: a new one begins whenever another price component becomes active. */
export interface PricedPeriod {
  readonly startAt: Date
  readonly endAt: Date
  readonly state: VehicleState | 'reserved'
  readonly energyWh: number
  readonly dimensions: readonly CdrDimension[]
  /** The element that prices each dimension now, by its place in the tariff; absent: free. */
  readonly elements: { readonly [D in TariffDimension]?: number }
}

/** OCPI 2.2.1 CdrDimension: kWh, hours, kW or A, to 4 decimals. */
export interface CdrDimension {
  readonly type:
    | 'ENERGY'
    | 'TIME'
    | 'PARKING_TIME'
    | 'RESERVATION_TIME'
    | 'MIN_POWER'
    | 'MAX_POWER'
    | 'MIN_CURRENT'
    | 'MAX_CURRENT'
  readonly volume: number
}
